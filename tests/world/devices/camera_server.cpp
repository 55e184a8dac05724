#include "tests/world/devices/camera_server.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include <httplib.h>
#include <openssl/evp.h>

namespace world {

namespace {

constexpr auto boundary = "gateworld";
constexpr auto nonce = "5f2a90c1d7";

std::string md5_hex(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_md5(), nullptr);
  std::string hex;
  for (unsigned int i = 0; i < length; ++i) {
    std::array<char, 3> two{};
    std::snprintf(two.data(), two.size(), "%02x", digest[i]);
    hex += two.data();
  }
  return hex;
}

/// The value of `name` in a Digest header, quoted or not.
std::string field(const std::string& header, const std::string& name) {
  auto at = header.find(" " + name + "=");
  if (at == std::string::npos) return {};
  at += name.size() + 2;
  const bool quoted = header[at] == '"';
  const auto end = quoted ? header.find('"', at + 1) : header.find_first_of(", ", at);
  return quoted ? header.substr(at + 1, end - at - 1) : header.substr(at, end - at);
}

std::string part(const std::string& picture) {
  return "--" + std::string(boundary) +
         "\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(picture.size()) + "\r\n\r\n" +
         picture + "\r\n";
}

}  // namespace

CameraServer::CameraServer(Scene scene, int port)
    : scene_(std::move(scene)), server_(std::make_unique<httplib::Server>()) {
  server_->new_task_queue = [] { return new httplib::ThreadPool(16); };  // a stream keeps its thread
  server_->set_keep_alive_max_count(1);
  server_->Get(R"(/([^/]+)/([^/]+)\.jpg)",
               [this](const auto& request, auto& response) { serve(request, response, false); });
  server_->Get(R"(/([^/]+)/([^/]+)\.mjpg)",
               [this](const auto& request, auto& response) { serve(request, response, true); });
  const bool chosen = port != 0;
  port_ = chosen ? (server_->bind_to_port("127.0.0.1", port) ? port : -1)
                 : server_->bind_to_any_port("127.0.0.1");
  if (port_ < 0) throw std::runtime_error("cameras: cannot listen on 127.0.0.1:" + std::to_string(port));
  thread_ = std::thread([this] { server_->listen_after_bind(); });
  while (!server_->is_running()) std::this_thread::yield();  // stop() before that would be forgotten
}

CameraServer::~CameraServer() {
  stopping_ = true;
  server_->stop();
  thread_.join();
}

std::string CameraServer::url(const std::string& lane, const std::string& camera, bool live) const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/" + lane + "/" + camera + (live ? ".mjpg" : ".jpg");
}

void CameraServer::require(const std::string& user, const std::string& password) {
  const std::lock_guard lock(mutex_);
  user_ = user;
  password_ = password;
}

bool CameraServer::admits(const httplib::Request& request) const {
  const std::lock_guard lock(mutex_);
  if (user_.empty()) return true;
  const auto header = request.get_header_value("Authorization");
  const auto secret = md5_hex(user_ + ":gate:" + password_);
  const auto asked = md5_hex("GET:" + field(header, "uri"));
  return header.starts_with("Digest ") && field(header, "username") == user_ &&
         field(header, "nonce") == nonce &&
         field(header, "response") == md5_hex(secret + ":" + nonce + ":" + asked);
}

void CameraServer::pause(core::Milliseconds span) const {
  const auto end = std::chrono::steady_clock::now() + span;
  while (!stopping_ && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::min(span, core::Milliseconds(10)));
  }
}

bool CameraServer::drip(const std::string& bytes, std::size_t offset, httplib::DataSink& sink) const {
  pause(std::chrono::milliseconds(50));
  return !stopping_ && sink.write(bytes.data() + offset, std::min<std::size_t>(4, bytes.size() - offset));
}

void CameraServer::serve(const httplib::Request& request, httplib::Response& response, bool live) {
  ++requests_;
  if (!admits(request)) {
    response.status = 401;
    response.set_header("WWW-Authenticate", "Digest realm=\"gate\", nonce=\"" + std::string(nonce) + "\"");
    return;
  }
  const std::string lane = request.matches[1], camera = request.matches[2];
  auto picture = scene_(lane, camera);
  if (!picture) {
    response.status = 404;
    return;
  }
  switch (trouble_.load()) {
    case CameraTrouble::http_error:
      response.status = 503;
      return;
    case CameraTrouble::redirect:
      response.set_redirect("http://127.0.0.2:9/elsewhere.jpg");
      return;
    case CameraTrouble::no_picture:
      response.set_content("<html>Please sign in</html>", "text/html");
      return;
    case CameraTrouble::silent:
      pause(std::chrono::minutes(1));
      return;
    default:
      live ? stream(response, lane, camera) : still(response, std::move(*picture));
  }
}

void CameraServer::still(httplib::Response& response, std::string picture) const {
  const auto trouble = trouble_.load();
  if (trouble == CameraTrouble::none) return response.set_content(picture, "image/jpeg");
  if (trouble == CameraTrouble::huge) {
    return response.set_content_provider("image/jpeg", [picture](std::size_t, httplib::DataSink& sink) {
      return sink.write(picture.data(), picture.size());
    });
  }
  if (trouble == CameraTrouble::drip) {
    return response.set_content_provider(
        picture.size(), "image/jpeg",
        [this, picture](std::size_t offset, std::size_t, httplib::DataSink& sink) {
          return drip(picture, offset, sink);
        });
  }
  const auto half = picture.size() / 2;
  const auto give = [this, picture, half, trouble](std::size_t offset, std::size_t, httplib::DataSink& sink) {
    if (offset == 0) return sink.write(picture.data(), half);
    if (trouble == CameraTrouble::stall) pause(std::chrono::minutes(1));
    return false;
  };
  response.set_content_provider(picture.size(), "image/jpeg", give);
}

void CameraServer::stream(httplib::Response& response, const std::string& lane,
                          const std::string& camera) const {
  const auto give = [this, lane, camera](std::size_t offset, httplib::DataSink& sink) {
    const auto trouble = trouble_.load();
    if (offset > 0) pause(trouble == CameraTrouble::stall ? std::chrono::minutes(1) : interval_.load());
    const auto picture = scene_(lane, camera);
    if (stopping_ || !picture || !sink.is_writable()) return false;
    auto bytes = part(*picture);
    if (trouble == CameraTrouble::drip) return drip(bytes, offset % bytes.size(), sink);
    if (trouble == CameraTrouble::huge)
      bytes = "--" + std::string(boundary) + "\r\n\r\n" + std::string(1 << 20, 'x');
    const bool half = trouble == CameraTrouble::stall || trouble == CameraTrouble::cut;
    return sink.write(bytes.data(), half ? bytes.size() / 2 : bytes.size()) && trouble != CameraTrouble::cut;
  };
  response.set_content_provider(std::string("multipart/x-mixed-replace; boundary=") + boundary, give);
}

}  // namespace world
