// Names for threads, as top, gdb and perf show them.
#pragma once

#include <pthread.h>

namespace daybook::eventstore {

// Names the calling thread; at most 15 characters.
inline void NameThread(const char* name) { ::pthread_setname_np(::pthread_self(), name); }

}  // namespace daybook::eventstore
