#include "drivers/camera/mjpeg.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "drivers/camera/still.hpp"

namespace camera {

namespace {

constexpr std::size_t longest_head = 8 * 1024;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The part's Content-Length; nullopt where there is none; malformed where it is no number.
core::Result<std::optional<std::size_t>> content_length(std::string_view head) {
  static constexpr std::string_view name = "content-length:";
  while (!head.empty()) {
    const auto end = std::min(head.find('\n'), head.size());
    const auto line = trimmed(head.substr(0, end));
    head.remove_prefix(std::min(end + 1, head.size()));
    if (!lower(line.substr(0, name.size())).starts_with(name)) continue;
    const auto value = trimmed(line.substr(name.size()));
    std::size_t size = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), size);
    if (parsed.ec != std::errc{} || parsed.ptr != value.data() + value.size()) {
      return core::fail(core::Fault::corrupt, "MJPEG part: Content-Length is no number");
    }
    return size;
  }
  return std::nullopt;
}

}  // namespace

core::Result<std::string> boundary_of(std::string_view content_type) {
  const auto folded = lower(content_type);
  if (!trimmed(folded).starts_with("multipart/")) {
    return core::fail(core::Fault::malformed, "the answer is no MJPEG stream (multipart/x-mixed-replace)");
  }
  auto at = folded.find("boundary=");
  if (at == std::string::npos)
    return core::fail(core::Fault::malformed, "the MJPEG stream names no boundary");
  auto value = trimmed(content_type.substr(at + std::string_view("boundary=").size()));
  if (value.starts_with('"')) {
    value.remove_prefix(1);
    value = value.substr(0, value.find('"'));
  } else {
    value = trimmed(value.substr(0, value.find(';')));
  }
  if (value.empty() || value.size() > 256) {
    return core::fail(core::Fault::malformed, "the MJPEG stream's boundary must have 1 to 256 characters");
  }
  return std::string(value);
}

MjpegParser::MjpegParser(std::string_view boundary, std::size_t max_bytes) : max_bytes_(max_bytes) {
  if (boundary.starts_with("--")) boundary.remove_prefix(2);
  delimiter_ = "--" + std::string(boundary);
}

core::Result<std::optional<std::string>> MjpegParser::feed(std::string_view bytes) {
  buffer_ += bytes;
  for (;;) {
    Progress progress = Progress::more;
    switch (at_) {
      case At::preamble:
        progress = find_boundary();
        break;
      case At::head: {
        const auto read = read_head();
        if (!read) return tl::unexpected(read.error());
        progress = *read;
        break;
      }
      case At::sized_body:
        progress = read_sized_body();
        break;
      case At::open_body:
        progress = read_open_body();
        break;
    }
    if (progress == Progress::picture) return std::move(picture_);
    if (progress == Progress::more) break;
  }
  if (at_ == At::open_body && buffer_.size() > max_bytes_ + delimiter_.size()) {
    return core::fail(core::Fault::corrupt,
                      "MJPEG part is larger than " + std::to_string(max_bytes_) + " bytes");
  }
  return std::nullopt;
}

MjpegParser::Progress MjpegParser::find_boundary() {
  const auto at = buffer_.find(delimiter_);
  if (at == std::string::npos) {
    // A boundary may have begun at the very end.
    buffer_.erase(0, buffer_.size() - std::min(buffer_.size(), delimiter_.size() - 1));
    return Progress::more;
  }
  buffer_.erase(0, at + delimiter_.size());
  at_ = At::head;
  return Progress::again;
}

core::Result<MjpegParser::Progress> MjpegParser::read_head() {
  const auto crlf = buffer_.find("\r\n\r\n");
  const auto lf = buffer_.find("\n\n");
  const auto end = std::min(crlf, lf);
  if (std::min(end, buffer_.size()) > longest_head) {
    return core::fail(core::Fault::corrupt,
                      "MJPEG part: its head is longer than " + std::to_string(longest_head) + " bytes");
  }
  if (end == std::string::npos) return Progress::more;
  const auto length = content_length(std::string_view(buffer_).substr(0, end));
  if (!length) return tl::unexpected(length.error());
  if (*length && **length > max_bytes_) {
    return core::fail(core::Fault::corrupt,
                      "MJPEG part is larger than " + std::to_string(max_bytes_) + " bytes");
  }
  buffer_.erase(0, end + (end == crlf ? 4 : 2));
  size_ = length->value_or(0);
  at_ = *length ? At::sized_body : At::open_body;
  return Progress::again;
}

MjpegParser::Progress MjpegParser::read_sized_body() {
  return buffer_.size() < size_ ? Progress::more : take(size_);
}

MjpegParser::Progress MjpegParser::read_open_body() {
  const auto end = buffer_.find("\n" + delimiter_, searched_);
  if (end == std::string::npos) {
    searched_ = buffer_.size() - std::min(buffer_.size(), delimiter_.size());
    return Progress::more;
  }
  const bool crlf = end > 0 && buffer_[end - 1] == '\r';
  return take(crlf ? end - 1 : end);
}

MjpegParser::Progress MjpegParser::take(std::size_t size) {
  picture_ = buffer_.substr(0, size);
  buffer_.erase(0, size);
  searched_ = 0;
  at_ = At::preamble;
  return picture_.size() <= max_bytes_ && is_whole_jpeg(picture_) ? Progress::picture : Progress::again;
}

}  // namespace camera
