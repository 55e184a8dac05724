#include "drivers/camera/fetch.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <curl/curl.h>

#include "drivers/camera/folder.hpp"
#include "drivers/camera/mjpeg.hpp"
#include "drivers/camera/still.hpp"

namespace camera {

namespace {

/// Takes a body piece by piece. `take` returns false to end the transfer; what was wrong then is in `error`.
struct Body {
  virtual ~Body() = default;
  virtual bool take(CURL* curl, std::string_view bytes) = 0;
  std::optional<core::Error> error;
};

struct Transfer {
  CURL* curl;
  Body& body;
  const std::function<bool()>& unwanted;
};

std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  return transfer.body.take(transfer.curl, {data, size * count}) ? size * count : 0;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(user)->unwanted() ? 1 : 0;
}

using Easy = std::unique_ptr<CURL, void (*)(CURL*)>;

Easy prepare(const config::Camera& camera, Transfer& transfer) {
  static const auto initialised =
      curl_global_init(CURL_GLOBAL_DEFAULT);  // must happen once, before any thread's first
  Easy easy(initialised == CURLE_OK ? curl_easy_init() : nullptr, curl_easy_cleanup);
  CURL* curl = easy.get();
  if (curl == nullptr) return easy;
  const auto timeout = static_cast<long>(camera.timeout.count());
  curl_easy_setopt(curl, CURLOPT_URL, camera.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC | CURLAUTH_DIGEST);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, std::max(timeout / 2, 1L));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, std::max(timeout / 2000, 1L));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  return easy;
}

/// Never curl's own long text: it may quote the URL.
core::Error explain(CURL* curl, CURLcode code, const config::Camera& camera) {
  const auto where = without_secrets(camera.url) + ": ";
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return {core::Fault::timeout,
              where + "no whole picture within " + std::to_string(camera.timeout.count()) + " ms"};
    case CURLE_HTTP_RETURNED_ERROR:
      return {core::Fault::broken, where + "HTTP status " + std::to_string(status)};
    case CURLE_PARTIAL_FILE:
      return {core::Fault::corrupt, where + "the camera hung up in the middle of the picture"};
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {core::Fault::broken, where + "only http and https are allowed"};
    default:
      return {core::Fault::broken, where + curl_easy_strerror(code)};
  }
}

/// nullopt: all of the body has come, with status 200, or the body itself has ended the transfer.
std::optional<core::Error> transfer_into(Body& body, const config::Camera& camera,
                                         const std::function<bool()>& unwanted) {
  Transfer transfer{nullptr, body, unwanted};
  const Easy easy = prepare(camera, transfer);
  if (!easy) return core::Error{core::Fault::broken, "libcurl does not start"};
  transfer.curl = easy.get();
  const auto code = curl_easy_perform(easy.get());
  if (body.error)
    return core::Error{body.error->fault, without_secrets(camera.url) + ": " + body.error->what};
  if (code == CURLE_WRITE_ERROR) return std::nullopt;
  if (code != CURLE_OK) return explain(easy.get(), code, camera);
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status == 200) return std::nullopt;
  const auto text =
      "HTTP status " + std::to_string(status) + (status / 100 == 3 ? "; redirects are not followed" : "");
  return core::Error{core::Fault::broken, without_secrets(camera.url) + ": " + text};
}

struct StillBody final : Body {
  explicit StillBody(std::size_t max) : max_bytes(max) {}
  bool take(CURL*, std::string_view bytes) override {
    if (picture.size() + bytes.size() <= max_bytes) {
      picture += bytes;
      return true;
    }
    error = {core::Fault::corrupt, "the picture is larger than " + std::to_string(max_bytes) + " bytes"};
    return false;
  }
  std::size_t max_bytes;
  std::string picture;
};

struct MjpegBody final : Body {
  explicit MjpegBody(std::size_t max) : max_bytes(max) {}

  bool take(CURL* curl, std::string_view bytes) override {
    if (!parser && !begin(curl)) return false;
    auto fed = parser->feed(bytes);
    if (!fed) {
      error = fed.error();
    } else if (*fed) {
      picture = std::move(**fed);
    }
    return !error && picture.empty();
  }

  bool begin(CURL* curl) {
    const char* type = nullptr;
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    const auto boundary = boundary_of(type == nullptr ? "" : type);
    if (boundary) {
      parser.emplace(*boundary, max_bytes);
    } else {
      error = {core::Fault::corrupt, boundary.error().what};
    }
    return boundary.has_value();
  }

  std::size_t max_bytes;
  std::optional<MjpegParser> parser;
  std::string picture;
};

}  // namespace

std::string without_secrets(const std::string& url) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parts(curl_url(), curl_url_cleanup);
  char* clean = nullptr;
  if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return "camera URL";
  for (const auto secret :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    curl_url_set(parts.get(), secret, nullptr, 0);
  }
  if (curl_url_get(parts.get(), CURLUPART_URL, &clean, 0) != CURLUE_OK) return "camera URL";
  const std::unique_ptr<char, void (*)(void*)> owned(clean, curl_free);
  return owned.get();
}

core::Result<std::string> fetch_still(const config::Camera& camera, const std::function<bool()>& unwanted) {
  StillBody body(static_cast<std::size_t>(camera.max_bytes));
  if (auto error = transfer_into(body, camera, unwanted)) return tl::unexpected(std::move(*error));
  if (begins_as_picture(body.picture)) return std::move(body.picture);
  return core::fail(core::Fault::corrupt,
                    without_secrets(camera.url) + ": what came is neither a JPEG nor a PNG picture");
}

core::Result<std::string> fetch_mjpeg(const config::Camera& camera, const std::function<bool()>& unwanted) {
  MjpegBody body(static_cast<std::size_t>(camera.max_bytes));
  if (auto error = transfer_into(body, camera, unwanted)) return tl::unexpected(std::move(*error));
  if (!body.picture.empty()) return std::move(body.picture);
  return core::fail(core::Fault::corrupt,
                    without_secrets(camera.url) + ": the stream ended without a whole picture");
}

Fetch fetch_for(const config::Camera& config) {
  switch (config.kind) {
    case config::CameraKind::still:
      return [config](const auto& unwanted) { return fetch_still(config, unwanted); };
    case config::CameraKind::mjpeg:
      return [config](const auto& unwanted) { return fetch_mjpeg(config, unwanted); };
    case config::CameraKind::folder:
      break;
  }
  const auto folder = std::make_shared<Folder>(config.folder, static_cast<std::size_t>(config.max_bytes));
  return [folder](const auto&) { return folder->next(); };
}

}  // namespace camera
