#include "gate/ctl/client.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <boost/describe/enum_from_string.hpp>
#include <curl/curl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gate/canon/json.hpp"

namespace ctl {

/// What comes in on one request.
struct Client::Incoming {
  CURL* handle = nullptr;
  const std::function<bool(std::string_view)>* take = nullptr;  // null: the body is kept
  std::string body;
  bool enough = false;  // `take` wanted no more
};

namespace {

constexpr long connect_ms = 3'000;
constexpr long answer_ms = 10'000;
constexpr long file_ms = 3'600'000;
constexpr std::size_t largest_answer = 64 * 1024 * 1024;

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

template <class Incoming>
std::size_t receive(char* data, std::size_t size, std::size_t count, void* incoming) {
  auto& in = *static_cast<Incoming*>(incoming);
  const std::string_view part(data, size * count);
  long status = 0;
  curl_easy_getinfo(in.handle, CURLINFO_RESPONSE_CODE, &status);
  if (in.take == nullptr || status != 200) {
    if (in.body.size() + part.size() > largest_answer) return 0;
    in.body += part;
    return part.size();
  }
  in.enough = !(*in.take)(part);
  return in.enough ? 0 : part.size();
}

/// The daemon's own words about a request that failed: {"error", "what"}.
core::Error failure(long status, const std::string& body) {
  core::Error error{core::Fault::broken, "the daemon answered with status " + std::to_string(status)};
  const auto json = canon::parse_strict(body);
  if (!json || !json->is_object()) return error;
  if (const auto what = json->find("what"); what != json->end() && what->is_string()) error.what = *what;
  if (const auto name = json->find("error"); name != json->end() && name->is_string()) {
    boost::describe::enum_from_string(name->get<std::string>().c_str(), error.fault);
  }
  return error;
}

template <class Incoming>
Handle request(const std::filesystem::path& socket, const std::string& url, Incoming& incoming) {
  Handle handle(curl_easy_init(), &curl_easy_cleanup);
  if (!handle) return handle;
  incoming.handle = handle.get();
  curl_easy_setopt(handle.get(), CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");  // whatever the environment says
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &receive<Incoming>);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &incoming);
  return handle;
}

/// Why a socket does not let us in, in the operating system's words; 0: it does.
int connect_error(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.size() >= sizeof address.sun_path) return ENAMETOOLONG;
  std::copy(name.begin(), name.end(), address.sun_path);
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return errno;
  const int failed =
      ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
  ::close(probe);
  return failed;
}

}  // namespace

std::string Client::why_not() const {
  const int error = connect_error(socket_);
  const std::string name = "control socket " + socket_.string() + ": ";
  if (error == EACCES || error == EPERM) {
    return name + "not allowed: only root, the daemon's own user and its group may use it";
  }
  const std::string how =
      "; start the daemon (systemctl start gatehoused, or gatehoused --config FILE), or name its socket with "
      "--socket "
      "PATH or its configuration with --config FILE";
  if (error == 0) return name + "the daemon did not answer";
  if (error == ENOENT) return name + "there is none, the daemon does not run" + how;
  if (error == ECONNREFUSED) return name + "nobody listens, the daemon does not run" + how;
  return name + std::generic_category().message(error) + how;
}

core::Result<std::string> Client::answer_to(void* curl, Incoming& incoming) const {
  CURL* handle = static_cast<CURL*>(curl);
  const CURLcode code = curl_easy_perform(handle);
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  // A daemon that has refused need not wait for the rest of a file: its answer counts, not how the sending
  // ended.
  if (status > 202 && !incoming.body.empty()) return tl::unexpected(failure(status, incoming.body));
  if (code == CURLE_COULDNT_CONNECT) return core::fail(core::Fault::broken, why_not());
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return core::fail(core::Fault::timeout, "control socket " + socket_.string() + ": no answer in time");
  }
  if (code != CURLE_OK) {
    return core::fail(core::Fault::broken,
                      "control socket " + socket_.string() + ": " + curl_easy_strerror(code));
  }
  if (status != 200 && status != 202) return tl::unexpected(failure(status, incoming.body));
  return std::move(incoming.body);
}

core::Result<std::string> Client::get(const std::string& path) const {
  Incoming incoming;
  const Handle handle = request(socket_, "http://localhost" + path, incoming);
  if (!handle) return core::fail(core::Fault::broken, "libcurl could not start");
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, answer_ms);
  return answer_to(handle.get(), incoming);
}

core::Result<std::string> Client::post(const std::string& path, const std::filesystem::path& file,
                                       const std::string& token) const {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> bytes(std::fopen(file.c_str(), "rb"), &std::fclose);
  std::error_code unknown;
  const auto size = std::filesystem::file_size(file, unknown);
  if (!bytes || unknown) return core::fail(core::Fault::not_found, "cannot be read; allowed: a file");
  Incoming incoming;
  const Handle handle = request(socket_, "http://localhost" + path, incoming);
  if (!handle) return core::fail(core::Fault::broken, "libcurl could not start");
  curl_easy_setopt(handle.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size));
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, bytes.get());
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, file_ms);
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, "Content-Type: application/octet-stream"), &curl_slist_free_all);
  if (!token.empty())
    headers.reset(curl_slist_append(headers.release(), ("Authorization: Bearer " + token).c_str()));
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  return answer_to(handle.get(), incoming);
}

core::Result<void> Client::stream(const std::string& path,
                                  const std::function<bool(std::string_view)>& take) const {
  Incoming incoming;
  incoming.take = &take;
  const Handle handle = request(socket_, "http://localhost" + path, incoming);
  if (!handle) return core::fail(core::Fault::broken, "libcurl could not start");
  const CURLcode code = curl_easy_perform(handle.get());
  if (incoming.enough) return {};
  if (code == CURLE_COULDNT_CONNECT) return core::fail(core::Fault::broken, why_not());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200 && status != 0) return tl::unexpected(failure(status, incoming.body));
  return core::fail(core::Fault::broken,
                    "control socket " + socket_.string() + ": the daemon ended the connection");
}

}  // namespace ctl
