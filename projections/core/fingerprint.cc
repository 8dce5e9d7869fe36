#include "projections/core/fingerprint.h"

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace daybook::projections {
namespace {

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  // The length goes first, so that no two sequences of texts run into the same bytes.
  void Add(std::string_view text) {
    AddNumber(text.size());
    EVP_DigestUpdate(context_.get(), text.data(), text.size());
  }
  void AddNumber(std::uint64_t number) {
    std::uint8_t bytes[8];
    for (std::uint8_t& byte : bytes) {
      byte = static_cast<std::uint8_t>(number & 0xFF);
      number >>= 8;
    }
    EVP_DigestUpdate(context_.get(), bytes, sizeof(bytes));
  }
  eventstore::Hash Finish() {
    eventstore::Hash hash{};
    EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
    return hash;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

eventstore::Hash Fingerprint(View& view) {
  Sha256 sha;
  for (const TableBase* table : view.tables()) {
    sha.Add(table->name());
    sha.AddNumber(table->size());
    table->ForEachBytes([&sha](std::string_view key, const std::string& bytes) {
      sha.Add(key);
      sha.Add(bytes);
    });
  }
  return sha.Finish();
}

}  // namespace daybook::projections
