#include "tests/sync/broker.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace syncing_test {
namespace {

namespace fs = std::filesystem;

pid_t spawn(std::vector<std::string> words, const fs::path& log) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = -1;
  const int failed = posix_spawnp(&pid, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
  return pid;
}

sockaddr_in socket_address(const std::string& host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int free_port(const std::string& host) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = socket_address(host, 0);
  socklen_t size = sizeof address;
  if (::bind(handle, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no free port");
  ::close(handle);
  return ntohs(address.sin_port);
}

bool listens(const std::string& host, int port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = socket_address(host, port);
  const bool connected = ::connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(handle);
  return connected;
}

void openssl(std::vector<std::string> words, const fs::path& log) {
  words.insert(words.begin(), "openssl");
  int status = 0;
  ::waitpid(spawn(words, log), &status, 0);
  if (status != 0) throw std::runtime_error("openssl " + words[1] + " failed, see " + log.string());
}

}  // namespace

MosquittoBroker::MosquittoBroker(fs::path folder, std::string address)
    : folder_(std::move(folder)), address_(std::move(address)), port_(free_port(address_)) {
  fs::create_directories(folder_);
  authority("ca");
  authority("other");
  for (const char* who : {"broker", "platform", "a1"}) certify(who, "ca");
  certify("stranger", "other");
  configure();
  start();
}

MosquittoBroker::~MosquittoBroker() { kill_9(); }

void MosquittoBroker::authority(const std::string& name) {
  openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
           "2", "-subj", "/CN=authority " + name, "-keyout", key(name), "-out", certificate(name)},
          folder_ / "openssl.log");
}

void MosquittoBroker::certify(const std::string& who, const std::string& authority) {
  const fs::path log = folder_ / "openssl.log";
  const std::string request = folder_ / (who + ".csr");
  const std::string extension = folder_ / (who + ".ext");
  std::ofstream(extension) << "subjectAltName=IP:" << address_ << "\n";
  openssl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
           "/CN=" + who, "-keyout", key(who), "-out", request},
          log);
  openssl({"x509", "-req", "-in", request, "-CA", certificate(authority), "-CAkey", key(authority),
           "-CAcreateserial", "-days", "2", "-extfile", extension, "-out", certificate(who)},
          log);
}

void MosquittoBroker::configure() {
  std::ofstream(folder_ / "acl") << "user platform\n"
                                    "topic readwrite gate/v1/T869/#\n"
                                    "user a1\n"
                                    "topic read gate/v1/T869/head\n"
                                    "topic read gate/v1/T869/updates\n"
                                    "topic read gate/v1/T869/snapshots/#\n"
                                    "topic read gate/v1/T869/receipts/a1\n"
                                    "topic write gate/v1/T869/requests/a1\n"
                                    "topic write gate/v1/T869/events/a1\n"
                                    "topic write gate/v1/T869/status/a1\n"
                                    "topic write gate/v1/T869/checkpoints/a1\n";
  ::chmod((folder_ / "acl").c_str(), 0600);
  std::ofstream configuration(folder_ / "mosquitto.conf");
  if (::geteuid() == 0) configuration << "user root\n";
  configuration << "persistence false\n"
                << "listener " << port_ << " " << address_ << "\n"
                << "cafile " << ca().string() << "\n"
                << "certfile " << certificate("broker").string() << "\n"
                << "keyfile " << key("broker").string() << "\n"
                << "require_certificate true\nuse_identity_as_username true\n"
                << "acl_file " << (folder_ / "acl").string() << "\n";
}

void MosquittoBroker::start() {
  pid_ = spawn({program, "-c", folder_ / "mosquitto.conf"}, folder_ / "mosquitto.log");
  for (int i = 0; i < 600 && !listens(address_, port_); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  if (!listens(address_, port_))
    throw std::runtime_error("mosquitto does not listen, see " + (folder_ / "mosquitto.log").string());
}

void MosquittoBroker::freeze() { ::kill(pid_, SIGSTOP); }

void MosquittoBroker::thaw() { ::kill(pid_, SIGCONT); }

void MosquittoBroker::kill_9() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

}  // namespace syncing_test
