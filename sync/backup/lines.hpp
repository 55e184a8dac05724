// A file read line by line: never more of it in memory than one line, whatever its size.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "gate/core/result.hpp"

namespace syncing {

class Lines {
 public:
  /// Fault::refused: no regular file (a link, a pipe), or larger than `most` bytes. Fault::broken: it cannot
  /// be read. A line has at most `longest` bytes.
  [[nodiscard]] static core::Result<Lines> open(const std::filesystem::path& file, std::size_t longest,
                                                std::int64_t most);

  /// Without its line feed; nullopt at the end. Fault::corrupt: longer than a line may be, or cut off: the
  /// last line, too, ends with a line feed.
  [[nodiscard]] core::Result<std::optional<std::string>> next();

  [[nodiscard]] int number() const { return number_; }  // of the line that next() came to last, from 1
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }  // only read from
  };
  using File = std::unique_ptr<std::FILE, Close>;

  Lines(File file, std::size_t longest, std::int64_t bytes)
      : file_(std::move(file)), longest_(longest), bytes_(bytes) {}

  [[nodiscard]] bool read_block();

  File file_;
  std::size_t longest_;
  std::int64_t bytes_;
  int number_ = 0;
  std::string block_;   // read from the file ...
  std::size_t at_ = 0;  // ... and given out up to here
};

}  // namespace syncing
