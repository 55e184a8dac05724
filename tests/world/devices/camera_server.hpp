// Network cameras on loopback: GET /LANE/NAME.jpg gives a still, GET /LANE/NAME.mjpg a live stream.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gate/core/moment.hpp"

namespace httplib {
class DataSink;
class Server;
struct Request;
struct Response;
}  // namespace httplib

namespace world {

/// What may be wrong with a camera.
enum class CameraTrouble {
  none,
  stall,       // sends half a picture and then nothing
  cut,         // sends half a picture and hangs up
  http_error,  // answers 503
  redirect,    // sends the client to another host
  no_picture,  // sends a web page with status 200
  huge,        // sends a picture that never ends
  silent,      // takes the request and never answers
  drip,        // sends a picture four bytes at a time, for minutes
};

/// Gives the encoded picture that `camera` of `lane` sees now; nullopt: no such camera (404).
/// Called from the server's threads, several at a time.
using Scene = std::function<std::optional<std::string>(const std::string& lane, const std::string& camera)>;

/// Serves from its own threads until destroyed; every call is thread-safe.
class CameraServer {
 public:
  /// `port` 0: the kernel chooses. Throws std::runtime_error when it cannot listen there.
  explicit CameraServer(Scene scene, int port = 0);
  ~CameraServer();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url(const std::string& lane, const std::string& camera, bool live = false) const;

  void trouble(CameraTrouble what) { trouble_ = what; }

  /// From now on every request must carry this user and password, by HTTP digest (MD5).
  void require(const std::string& user, const std::string& password);

  /// Time between two pictures of a stream.
  void frame_interval(core::Milliseconds interval) { interval_ = interval; }

  [[nodiscard]] int requests() const { return requests_; }

 private:
  void serve(const httplib::Request& request, httplib::Response& response, bool live);
  void still(httplib::Response& response, std::string picture) const;
  void stream(httplib::Response& response, const std::string& lane, const std::string& camera) const;
  [[nodiscard]] bool admits(const httplib::Request& request) const;
  bool drip(const std::string& bytes, std::size_t offset, httplib::DataSink& sink) const;
  void pause(core::Milliseconds span) const;  // ends early when the server stops

  Scene scene_;
  std::atomic<CameraTrouble> trouble_ = CameraTrouble::none;
  std::atomic<core::Milliseconds> interval_ = std::chrono::milliseconds(40);
  std::atomic<int> requests_ = 0;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::string user_, password_;
  int port_ = 0;
  std::unique_ptr<httplib::Server> server_;
  std::thread thread_;
};

}  // namespace world
