// The daemon itself, as systemd runs it, on a state folder of its own: started without network, broker or
// devices.
#pragma once

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace daemon_test {

namespace fs = std::filesystem;

inline int free_port() {
  const int socket_of = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  bind(socket_of, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(socket_of, reinterpret_cast<sockaddr*>(&address), &size);
  close(socket_of);
  return ntohs(address.sin_port);
}

inline const std::string bin = GATEHOUSE_BIN;

inline pid_t start(const std::vector<std::string>& words, const fs::path& output) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  pid_t process = -1;
  EXPECT_EQ(posix_spawn(&process, words[0].c_str(), &files, nullptr, arguments.data(), environ), 0);
  posix_spawn_file_actions_destroy(&files);
  return process;
}

inline int exit_status(pid_t process) {
  int status = -1;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

inline std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A state folder with keys and certificates, the demonstration's lanes in front of devices that are not
/// there.
class Site {
 public:
  Site() {
    std::string name = (fs::temp_directory_path() / "gatehouse-daemon-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    EXPECT_EQ(run({bin + "/gateworld", "keys", folder_.string()}), 0);
    std::ofstream(folder_ / "tokens", std::ios::app) << "deputy supervisor " << std::string(40, 'd') << "\n";
    const std::string pair = (folder_ / "appliance").string();
    const std::string command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=gate-1 -keyout " + pair + ".key -out " +
        pair + ".pem 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    fs::copy_file(pair + ".pem", folder_ / "ca.pem");
    std::ifstream demo(fs::path(GATEHOUSE_SOURCE) / "config/demo.toml");
    std::string text(std::istreambuf_iterator<char>(demo), {});
    text = std::regex_replace(text, std::regex(R"(\.\./build/demo-state)"), folder_.string());
    text =
        std::regex_replace(text, std::regex(R"(\.\./drivers)"), std::string(GATEHOUSE_SOURCE) + "/drivers");
    text = std::regex_replace(text, std::regex("127.0.0.1:8080"), "127.0.0.1:" + std::to_string(free_port()));
    for (const char* port : {"18883", "15021", "15022", "18081", "15031", "15032"})
      text = std::regex_replace(text, std::regex(":" + std::string(port)), ":" + std::to_string(free_port()));
    std::ofstream(config()) << text;
  }
  ~Site() { fs::remove_all(folder_); }

  /// A program to its end, gatectl among them; what it said is in `said`.
  int run(const std::vector<std::string>& words) const { return exit_status(start(words, folder_ / "said")); }
  [[nodiscard]] std::string said() const { return text_of(folder_ / "said"); }

  [[nodiscard]] fs::path config() const { return folder_ / "gatehouse.toml"; }
  [[nodiscard]] fs::path socket() const { return folder_ / "control.sock"; }
  [[nodiscard]] fs::path folder() const { return folder_; }

 private:
  fs::path folder_;
};

/// Listens as systemd does, and waits for what the daemon says first.
class NotifySocket {
 public:
  explicit NotifySocket(const fs::path& path) : socket_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    const timeval patience{120, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~NotifySocket() {
    unsetenv("NOTIFY_SOCKET");
    close(socket_);
  }
  [[nodiscard]] bool hears(const std::string& awaited) const {
    std::array<char, 512> text{};
    for (ssize_t size = 0; (size = recv(socket_, text.data(), text.size(), 0)) > 0;)
      if (std::string(text.data(), static_cast<std::size_t>(size)) == awaited) return true;
    return false;
  }

 private:
  int socket_;
};

}  // namespace daemon_test
