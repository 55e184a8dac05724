// A daemon of few words: answers GETs and POSTs on a Unix socket with what the test gave it.
#pragma once

#include <algorithm>
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

/// What a command said.
struct Outcome {
  int code;
  std::string out, err;
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
  /// The body of the last POST.
  [[nodiscard]] const std::string& body() const { return body_; }

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
    const std::size_t verb = request.find(' ') + 1;
    if (verb == 0) return;  // a client that only looked whether somebody listens
    if (request.starts_with("POST ")) take_body(peer, request);
    const std::string path = request.substr(verb, request.find(' ', verb) - verb);
    asked_.push_back(path);
    const auto found = answers_.find(path);
    const Answer answer = found != answers_.end()
                              ? found->second
                              : Answer{404, R"({"error":"not_found","what":"no such path"})"};
    const std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " X\r\nConnection: close\r\n\r\n";
    const std::string all = head + answer.body;
    (void)!::send(peer, all.data(), all.size(), MSG_NOSIGNAL);
  }

  void take_body(int peer, const std::string& request) {
    if (request.find("100-continue") != std::string::npos) {
      const std::string leave = "HTTP/1.1 100 Continue\r\n\r\n";
      (void)!::send(peer, leave.data(), leave.size(), MSG_NOSIGNAL);
    }
    const std::string name = "Content-Length: ";
    std::size_t left = std::stoul(request.substr(request.find(name) + name.size()));
    body_.clear();
    for (std::string part(65'536, '\0'); left > 0;) {
      const ssize_t size = ::read(peer, part.data(), std::min(left, part.size()));
      if (size <= 0) return;
      body_.append(part, 0, static_cast<std::size_t>(size));
      left -= static_cast<std::size_t>(size);
    }
  }

  std::map<std::string, Answer> answers_;
  std::filesystem::path folder_;
  int listener_ = -1;
  std::vector<std::string> asked_;
  std::string body_;
  std::thread thread_;
};

}  // namespace ctl_test
