#include "tests/simulation/simulated_file_system.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "rocksdb/system_clock.h"

namespace daybook::simulation {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus ToStatus(DiskError error, const std::string& path) {
  switch (error) {
    case DiskError::kNone:
      return IOStatus::OK();
    case DiskError::kNotFound:
      return IOStatus::PathNotFound(path);
    case DiskError::kExists:
      return IOStatus::IOError("exists", path);
    case DiskError::kInputOutput:
      return IOStatus::IOError("simulated input/output error", path);
    case DiskError::kNoSpace:
      return IOStatus::NoSpace("No space left on simulated device", path);
    case DiskError::kLocked:
      return IOStatus::IOError("lock hold by current process", path);
  }
  return IOStatus::IOError(path);
}

std::string_view View(const Slice& slice) { return {slice.data(), slice.size()}; }

IOStatus ReadInto(SimulatedDisk& disk, const SimulatedDisk::Handle& handle, const std::string& path,
                  std::uint64_t offset, std::size_t n, Slice* result, char* scratch) {
  std::string bytes;
  if (DiskError error = disk.Read(handle, offset, n, bytes); error != DiskError::kNone) {
    return ToStatus(error, path);
  }
  std::memcpy(scratch, bytes.data(), bytes.size());
  *result = Slice(scratch, bytes.size());
  return IOStatus::OK();
}

struct OpenFile {
  SimulatedDisk& disk;
  SimulatedDisk::HandlePtr handle;
  std::string path;
};

class SequentialFile final : public rocksdb::FSSequentialFile {
 public:
  explicit SequentialFile(OpenFile file) : file_(std::move(file)) {}
  IOStatus Read(size_t n, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) override {
    const IOStatus status =
        ReadInto(file_.disk, *file_.handle, file_.path, at_, n, result, scratch);
    if (status.ok()) at_ += result->size();
    return status;
  }
  IOStatus Skip(uint64_t n) override {
    at_ += n;
    return IOStatus::OK();
  }

 private:
  OpenFile file_;
  std::uint64_t at_ = 0;
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFile {
 public:
  explicit RandomAccessFile(OpenFile file) : file_(std::move(file)) {}
  IOStatus Read(uint64_t offset, size_t n, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) const override {
    return ReadInto(file_.disk, *file_.handle, file_.path, offset, n, result, scratch);
  }

 private:
  OpenFile file_;
};

class WritableFile final : public rocksdb::FSWritableFile {
 public:
  explicit WritableFile(OpenFile file) : file_(std::move(file)) {}
  using rocksdb::FSWritableFile::Append;
  IOStatus Append(const Slice& data, const IOOptions&, IODebugContext*) override {
    return ToStatus(file_.disk.Append(*file_.handle, View(data)), file_.path);
  }
  IOStatus Truncate(uint64_t size, const IOOptions&, IODebugContext*) override {
    return ToStatus(file_.disk.Truncate(*file_.handle, size), file_.path);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    return ToStatus(file_.disk.Sync(*file_.handle), file_.path);
  }
  uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
    return file_.disk.SizeOf(*file_.handle);
  }

 private:
  OpenFile file_;
};

class RandomRWFile final : public rocksdb::FSRandomRWFile {
 public:
  explicit RandomRWFile(OpenFile file) : file_(std::move(file)) {}
  IOStatus Write(uint64_t offset, const Slice& data, const IOOptions&, IODebugContext*) override {
    return ToStatus(file_.disk.Write(*file_.handle, offset, View(data)), file_.path);
  }
  IOStatus Read(uint64_t offset, size_t n, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) const override {
    return ReadInto(file_.disk, *file_.handle, file_.path, offset, n, result, scratch);
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    return ToStatus(file_.disk.Sync(*file_.handle), file_.path);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  OpenFile file_;
};

class Directory final : public rocksdb::FSDirectory {
 public:
  Directory(SimulatedDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.SyncDirectory(path_), path_);
  }

 private:
  SimulatedDisk& disk_;
  std::string path_;
};

struct HeldLock final : rocksdb::FileLock {
  explicit HeldLock(std::string held) : path(std::move(held)) {}
  std::string path;
};

// RocksDB's own diary is not what is tested.
class NoLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

class SimulatedFileSystem final : public rocksdb::FileSystem {
 public:
  explicit SimulatedFileSystem(SimulatedDisk& disk) : disk_(disk) {}
  const char* Name() const override { return "SimulatedFileSystem"; }

  IOStatus NewSequentialFile(const std::string& path, const rocksdb::FileOptions&,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             IODebugContext*) override {
    return OpenAs<SequentialFile>(path, false, false, file);
  }
  IOStatus NewRandomAccessFile(const std::string& path, const rocksdb::FileOptions&,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                               IODebugContext*) override {
    return OpenAs<RandomAccessFile>(path, false, false, file);
  }
  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext*) override {
    return OpenAs<WritableFile>(path, true, true, file);
  }
  IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions&,
                              std::unique_ptr<rocksdb::FSWritableFile>* file,
                              IODebugContext*) override {
    return OpenAs<WritableFile>(path, true, false, file);
  }
  IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions&,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                           IODebugContext*) override {
    return OpenAs<RandomRWFile>(path, false, false, file);
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* directory,
                        IODebugContext*) override {
    if (disk_.KindOf(path) != SimulatedDisk::Kind::kDirectory) return IOStatus::PathNotFound(path);
    *directory = std::make_unique<Directory>(disk_, path);
    return IOStatus::OK();
  }
  IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.KindOf(path) == SimulatedDisk::Kind::kNone ? IOStatus::NotFound(path)
                                                            : IOStatus::OK();
  }
  IOStatus GetChildren(const std::string& path, const IOOptions&, std::vector<std::string>* names,
                       IODebugContext*) override {
    return ToStatus(disk_.List(path, *names), path);
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.Remove(path), path);
  }
  IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.MakeDirectory(path, false), path);
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.MakeDirectory(path, true), path);
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.RemoveDirectory(path), path);
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions&, uint64_t* size,
                       IODebugContext*) override {
    return ToStatus(disk_.Size(path, *size), path);
  }
  IOStatus GetFileModificationTime(const std::string&, const IOOptions&, uint64_t* time,
                                   IODebugContext*) override {
    *time = 0;
    return IOStatus::OK();
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
    return ToStatus(disk_.Rename(from, to), from);
  }
  IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions&,
                    IODebugContext*) override {
    return ToStatus(disk_.Link(from, to), from);
  }
  IOStatus LockFile(const std::string& path, const IOOptions&, rocksdb::FileLock** lock,
                    IODebugContext*) override {
    const IOStatus status = ToStatus(disk_.Lock(path), path);
    if (status.ok()) *lock = new HeldLock(path);
    return status;
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
    const std::unique_ptr<HeldLock> held(static_cast<HeldLock*>(lock));
    disk_.Unlock(held->path);
    return IOStatus::OK();
  }
  IOStatus GetTestDirectory(const IOOptions&, std::string* path, IODebugContext*) override {
    *path = "/test";
    return IOStatus::OK();
  }
  IOStatus NewLogger(const std::string&, const IOOptions&, std::shared_ptr<rocksdb::Logger>* logger,
                     IODebugContext*) override {
    *logger = std::make_shared<NoLogger>();
    return IOStatus::OK();
  }
  IOStatus GetAbsolutePath(const std::string& path, const IOOptions&, std::string* absolute,
                           IODebugContext*) override {
    *absolute = path;
    return IOStatus::OK();
  }
  IOStatus GetFreeSpace(const std::string&, const IOOptions&, uint64_t* bytes,
                        IODebugContext*) override {
    *bytes = disk_.FreeBytes();
    return IOStatus::OK();
  }
  IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* is_directory,
                       IODebugContext*) override {
    const SimulatedDisk::Kind kind = disk_.KindOf(path);
    *is_directory = kind == SimulatedDisk::Kind::kDirectory;
    return kind == SimulatedDisk::Kind::kNone ? IOStatus::NotFound(path) : IOStatus::OK();
  }

 private:
  template <class Made, class Interface>
  IOStatus OpenAs(const std::string& path, bool create, bool truncate,
                  std::unique_ptr<Interface>* file) {
    SimulatedDisk::HandlePtr handle;
    const DiskError error = disk_.Open(path, create, truncate, handle);
    if (error != DiskError::kNone) return ToStatus(error, path);
    *file = std::make_unique<Made>(OpenFile{disk_, std::move(handle), path});
    return IOStatus::OK();
  }

  SimulatedDisk& disk_;
};

class SleeplessClock final : public rocksdb::SystemClockWrapper {
 public:
  SleeplessClock() : rocksdb::SystemClockWrapper(rocksdb::SystemClock::Default()) {}
  const char* Name() const override { return "SleeplessClock"; }
  void SleepForMicroseconds(int) override {}
};

// Threads are the machine's, files the disk's.
class SimulatedEnv final : public rocksdb::EnvWrapper {
 public:
  explicit SimulatedEnv(std::unique_ptr<rocksdb::Env> files)
      : rocksdb::EnvWrapper(files.get()), files_(std::move(files)) {
    system_clock_ = std::make_shared<SleeplessClock>();
  }

 private:
  const std::unique_ptr<rocksdb::Env> files_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> MakeEnv(SimulatedDisk& disk) {
  return std::make_unique<SimulatedEnv>(
      rocksdb::NewCompositeEnv(std::make_shared<SimulatedFileSystem>(disk)));
}

}  // namespace daybook::simulation
