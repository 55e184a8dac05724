// Cuts the first whole JPEG out of a multipart/x-mixed-replace stream (RFC 2046 framing, as cameras speak
// it). Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gate/core/result.hpp"

namespace camera {

/// The boundary that a Content-Type header names; malformed where it is not multipart or names none.
[[nodiscard]] core::Result<std::string> boundary_of(std::string_view content_type);

/// Fed with whatever arrives, in pieces of any size: how the stream was cut up never changes the result.
/// What comes before the first boundary, and parts that are no whole JPEG, are skipped. Holds at most
/// `max_bytes` and one piece.
class MjpegParser {
 public:
  /// `boundary` as the header names it. Cameras disagree whether its leading "--" belongs to the name: both
  /// fit.
  MjpegParser(std::string_view boundary, std::size_t max_bytes);

  /// nullopt: more is needed. corrupt: a part is larger than `max_bytes`, or its head is no head.
  /// After a picture or a fault the parser is done with.
  [[nodiscard]] core::Result<std::optional<std::string>> feed(std::string_view bytes);

 private:
  enum class At { preamble, head, sized_body, open_body };
  enum class Progress { more, again, picture };

  [[nodiscard]] Progress find_boundary();
  [[nodiscard]] core::Result<Progress> read_head();
  [[nodiscard]] Progress read_sized_body();
  [[nodiscard]] Progress read_open_body();
  [[nodiscard]] Progress take(std::size_t size);

  std::string delimiter_;  // "--boundary"
  std::size_t max_bytes_;
  At at_ = At::preamble;
  std::size_t size_ = 0;      // of the sized body
  std::size_t searched_ = 0;  // of the open body: the boundary does not begin before
  std::string buffer_;
  std::string picture_;
};

}  // namespace camera
