#include "tests/console/browser.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <unistd.h>

namespace console_test {

using nlohmann::json;

namespace {

constexpr int patience_ms = 30'000;

/// In the child, between fork and exec: the protocol's pipe is on 3 and 4, as --remote-debugging-pipe wants.
[[noreturn]] void become_browser(const std::string& program, int in, int out, const std::string& folder) {
  const int kept_in = ::fcntl(in, F_DUPFD, 10);
  const int kept_out = ::fcntl(out, F_DUPFD, 10);
  ::dup2(kept_in, 3);
  ::dup2(kept_out, 4);
  ::close(kept_in);
  ::close(kept_out);
  const int nothing = ::open("/dev/null", O_WRONLY);
  ::dup2(nothing, 1);
  ::dup2(nothing, 2);
  const std::string profile = "--user-data-dir=" + folder;
  ::execl(program.c_str(), program.c_str(), "--headless", "--no-sandbox", "--disable-dev-shm-usage",
          "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--remote-debugging-pipe", profile.c_str(),
          "about:blank", nullptr);
  ::_exit(127);
}

}  // namespace

std::string Browser::program() {
  for (const char* path : {"/usr/bin/chromium-headless-shell", "/usr/bin/chromium"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return "";
}

Browser::Browser() {
  std::string name = (std::filesystem::temp_directory_path() / "browser-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  std::array<int, 2> down{}, up{};
  if (::pipe2(down.data(), O_CLOEXEC) != 0 || ::pipe2(up.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  ::signal(SIGPIPE, SIG_IGN);  // a browser that dies is an error of write, not the end of the tests
  const std::string path = program();
  process_ = ::fork();
  if (process_ == 0) become_browser(path, down[0], up[1], name);
  ::close(down[0]);
  ::close(up[1]);
  to_ = down[1];
  from_ = up[0];
  const json target = call("Target.createTarget", {{"url", "about:blank"}});
  const json attached = call("Target.attachToTarget", {{"targetId", target["targetId"]}, {"flatten", true}});
  session_ = attached["sessionId"];
  for (const char* domain : {"Page", "Runtime", "Log", "Network"})
    call(std::string(domain) + ".enable", json::object());
}

Browser::~Browser() {
  ::close(to_);
  ::close(from_);
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

json Browser::receive() {
  for (;;) {
    const std::size_t end = unread_.find('\0');
    if (end != std::string::npos) {
      const json message = json::parse(unread_.substr(0, end));
      unread_.erase(0, end + 1);
      return message;
    }
    pollfd waiting{from_, POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) <= 0) throw std::runtime_error("the browser does not answer");
    std::array<char, 65536> bytes{};
    const ssize_t size = ::read(from_, bytes.data(), bytes.size());
    if (size <= 0) throw std::runtime_error("the browser is gone");
    unread_.append(bytes.data(), static_cast<std::size_t>(size));
  }
}

json Browser::call(const std::string& method, const json& parameters) {
  json message = {{"id", ++last_}, {"method", method}, {"params", parameters}};
  if (!session_.empty()) message["sessionId"] = session_;
  const std::string text = message.dump() + '\0';
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t size = ::write(to_, text.data() + sent, text.size() - sent);
    if (size <= 0) throw std::runtime_error("the browser does not listen");
    sent += static_cast<std::size_t>(size);
  }
  for (;;) {
    const json answer = receive();
    if (answer.value("id", 0) != last_) {
      note(answer);
      continue;
    }
    if (answer.contains("error")) throw std::runtime_error(method + ": " + answer["error"].dump());
    return answer["result"];
  }
}

void Browser::note(const json& event) {
  const std::string method = event.value("method", "");
  if (method == "Network.requestWillBeSent") requests_.push_back(event["params"]["request"]["url"]);
  if (method == "Runtime.consoleAPICalled" || method == "Runtime.exceptionThrown")
    complaints_.push_back(event.dump());
  if (method == "Log.entryAdded") complaints_.push_back(event["params"]["entry"].dump());
}

void Browser::resize(int width, int height, bool dark) {
  call("Emulation.setDeviceMetricsOverride",
       {{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", false}});
  const json scheme = {{"name", "prefers-color-scheme"}, {"value", dark ? "dark" : "light"}};
  call("Emulation.setEmulatedMedia", {{"features", json::array({scheme})}});
}

void Browser::open(const std::string& url) { call("Page.navigate", {{"url", url}}); }

std::string Browser::evaluate(const std::string& expression) {
  const json answer =
      call("Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}});
  if (answer.contains("exceptionDetails")) throw std::runtime_error(answer["exceptionDetails"].dump());
  return answer["result"].value("value", json()).dump();
}

bool Browser::wait_for(const std::string& expression) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    if (evaluate("Boolean(" + expression + ")") == "true") return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

void Browser::screenshot(const std::filesystem::path& file) {
  const std::string text = call("Page.captureScreenshot", {{"format", "png"}})["data"];
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                    nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  std::ofstream(file, std::ios::binary) << bytes.substr(0, size);
}

}  // namespace console_test
