// A real browser, driven over the pipe of its own debugging protocol: no driver, no WebSocket, no network.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <sys/types.h>

namespace console_test {

class Browser {
 public:
  /// Empty where this machine has no Chromium.
  [[nodiscard]] static std::string program();

  Browser();
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  void resize(int width, int height, bool dark = false);
  void open(const std::string& url);

  /// The value of a JavaScript expression, as JSON text.
  std::string evaluate(const std::string& expression);

  /// Until the expression is true; false after 20 s.
  bool wait_for(const std::string& expression);

  void screenshot(const std::filesystem::path& file);

  /// What the page did that a page should not have to: messages and errors on its console, refusals by its
  /// security policy, uncaught exceptions.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  /// Every address that the page asked for.
  [[nodiscard]] const std::vector<std::string>& requests() const { return requests_; }

 private:
  nlohmann::json call(const std::string& method, const nlohmann::json& parameters);
  nlohmann::json receive();
  void note(const nlohmann::json& event);

  std::filesystem::path folder_;
  pid_t process_ = -1;
  int to_ = -1;
  int from_ = -1;
  int last_ = 0;
  std::string session_;
  std::string unread_;
  std::vector<std::string> complaints_;
  std::vector<std::string> requests_;
};

}  // namespace console_test
