#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/world/play/play.hpp"

namespace world {
namespace {

/// Ports that nobody listens on now; all are held until the last is chosen, so that they differ.
class FreePorts {
 public:
  FreePorts() = default;
  FreePorts(const FreePorts&) = delete;
  FreePorts& operator=(const FreePorts&) = delete;
  ~FreePorts() {
    for (const int socket : held_) ::close(socket);
  }
  std::string next() {
    held_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(held_.back(), plain, size) != 0 || ::getsockname(held_.back(), plain, &size) != 0) {
      throw std::runtime_error("no free port on 127.0.0.1");
    }
    return std::to_string(ntohs(address.sin_port));
  }

 private:
  std::vector<int> held_;
};

std::string with_free_ports(const std::string& text) {
  static const std::regex endpoint(R"(127\.0\.0\.1:([0-9]+))");
  FreePorts free;
  std::map<std::string, std::string> chosen;
  std::string staged;
  auto from = text.cbegin();
  for (std::sregex_iterator match(text.begin(), text.end(), endpoint), end; match != end; ++match) {
    std::string& port = chosen[(*match)[1].str()];
    if (port.empty()) port = free.next();
    staged.append(from, (*match)[1].first).append(port);
    from = (*match)[1].second;
  }
  return staged.append(from, text.cend());
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

}  // namespace

int stage(const StageOptions& options) {
  std::ifstream stream(options.config, std::ios::binary);
  if (!stream) throw std::runtime_error(options.config.string() + ": cannot be read");
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto folder = std::filesystem::absolute(options.folder).lexically_normal();
  const auto home = std::filesystem::absolute(options.config).parent_path();
  text = replaced(with_free_ports(text), "\"../build/demo-state", "\"" + folder.string());
  text = replaced(text, "\"../", "\"" + home.parent_path().string() + "/");
  std::filesystem::create_directories(folder);
  const auto file = folder / "staged.toml";
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error(file.string() + ": cannot be written");
  std::printf("%s\n", file.c_str());
  return 0;
}

}  // namespace world
