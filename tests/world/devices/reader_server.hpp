// A badge reader and keypad behind a serial server, on loopback: lines over TCP to whoever is connected.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace world {

/// Serves from its own thread; every call is thread-safe. What is said while nobody is connected is lost,
/// as with a real reader.
class ReaderServer {
 public:
  /// `port` 0: the kernel chooses. Throws boost::system::system_error when it cannot listen there.
  explicit ReaderServer(int port = 0);
  ~ReaderServer();

  [[nodiscard]] int port() const;

  void present_badge(std::string_view number);  // "BADGE NUMBER\n"
  void give_tar(std::string_view text);         // "TAR TEXT\n"
  void say(std::string bytes);                  // these very bytes

  void hang_up();          // drops whoever is connected, and goes on listening
  void listen(bool does);  // false: drops whoever is connected and refuses connections; the port stays

  [[nodiscard]] int listeners() const;    // connected now
  [[nodiscard]] int connections() const;  // since it was made

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace world
