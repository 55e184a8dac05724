// A daemon of few words: answers GETs on a Unix socket with what the test gave it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace ctl_test {

struct Answer {
  int status = 200;
  std::string body;
};

class TinyServer {
 public:
  explicit TinyServer(std::map<std::string, Answer> answers) : answers_(std::move(answers)) {
    std::string name = (std::filesystem::temp_directory_path() / "gatehouse-ctl-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket().string().copy(address.sun_path, sizeof address.sun_path - 1);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_, 8) != 0) {
      throw std::runtime_error("no socket in " + name);
    }
    thread_ = std::thread([this] { serve(); });
  }
  TinyServer(const TinyServer&) = delete;
  TinyServer& operator=(const TinyServer&) = delete;
  ~TinyServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::filesystem::path socket() const { return folder_ / "control.sock"; }

  /// The paths that were asked for, after the client has had its answers.
  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }

 private:
  void serve() {
    for (int peer = ::accept(listener_, nullptr, nullptr); peer >= 0;
         peer = ::accept(listener_, nullptr, nullptr)) {
      answer(peer);
      ::close(peer);
    }
  }

  void answer(int peer) {
    std::string request;
    char byte = 0;
    while (!request.ends_with("\r\n\r\n") && ::read(peer, &byte, 1) == 1) request += byte;
    if (!request.starts_with("GET ")) return;  // a client that only looked whether somebody listens
    const std::string path = request.substr(4, request.find(' ', 4) - 4);
    asked_.push_back(path);
    const auto found = answers_.find(path);
    const Answer answer = found != answers_.end()
                              ? found->second
                              : Answer{404, R"({"error":"not_found","what":"no such path"})"};
    const std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " X\r\nConnection: close\r\n\r\n";
    const std::string all = head + answer.body;
    (void)!::send(peer, all.data(), all.size(), MSG_NOSIGNAL);
  }

  std::map<std::string, Answer> answers_;
  std::filesystem::path folder_;
  int listener_ = -1;
  std::vector<std::string> asked_;
  std::thread thread_;
};

}  // namespace ctl_test
