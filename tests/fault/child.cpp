#include "tests/fault/child.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fault {
namespace {

[[noreturn]] void be_the_child(const std::function<void(const Child::Say&)>& live, int pipe) {
  spdlog::set_level(spdlog::level::off);
  const auto say = [pipe](const std::string& line) {
    const std::string text = line + "\n";
    for (std::size_t done = 0; done < text.size();) {
      const ssize_t written = ::write(pipe, text.data() + done, text.size() - done);
      if (written < 0) die();
      done += static_cast<std::size_t>(written);
    }
  };
  try {
    live(say);
  } catch (const std::exception& exception) {
    say(std::string("wrong: ") + exception.what());
  }
  die();
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0, to = 0; (to = text.find('\n', from)) != std::string::npos; from = to + 1)
    lines.push_back(text.substr(from, to - from));
  return lines;
}

std::string listen(int pipe, pid_t child, int most) {
  std::string text;
  std::vector<char> buffer(1 << 16);
  for (ssize_t got = 0; (got = ::read(pipe, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (most > 0 && std::count(text.begin(), text.end(), '\n') >= most) ::kill(child, SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) text += "\nwrong: it died of something else\n";
  return text;
}

}  // namespace

void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

std::vector<std::string> Child::lines_of(const std::function<void(const Say&)>& live, int most) {
  int pipe[2];
  if (::pipe(pipe) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    ::close(pipe[0]);
    be_the_child(live, pipe[1]);
  }
  ::close(pipe[1]);
  const std::string said = listen(pipe[0], child, most);
  ::close(pipe[0]);
  return split(said);
}

}  // namespace fault
