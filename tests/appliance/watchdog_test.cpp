// Towards systemd: readiness, and a watchdog that is fed only while every part makes progress.
#include "gate/watchdog.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "drivers/sim/virtual_clock.hpp"

namespace {

using namespace std::chrono_literals;

/// systemd's end of the notification socket.
class Systemd {
 public:
  Systemd() {
    path_ =
        (std::filesystem::temp_directory_path() / ("gatehouse-notify-" + std::to_string(getpid()))).string();
    unlink(path_.c_str());
    socket_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    setenv("NOTIFY_SOCKET", path_.c_str(), 1);
    setenv("WATCHDOG_USEC", "10000000", 1);
  }
  ~Systemd() {
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    close(socket_);
    unlink(path_.c_str());
  }
  [[nodiscard]] std::vector<std::string> heard() const {
    std::vector<std::string> all;
    std::array<char, 256> text{};
    for (ssize_t size = 0; (size = recv(socket_, text.data(), text.size(), 0)) > 0;)
      all.emplace_back(text.data(), static_cast<std::size_t>(size));
    return all;
  }

 private:
  std::string path_;
  int socket_ = -1;
};

core::SteadyTime at(std::chrono::milliseconds time) { return core::SteadyTime(time); }

/// How often the watchdog was fed in a minute in which `beats` were the parts' last signs of life.
std::size_t fed_in_a_minute(const std::function<core::SteadyTime(core::SteadyTime now)>& progress) {
  const Systemd systemd;
  boost::asio::io_context reactor;
  sim::VirtualClock clock;
  std::vector<Heartbeat> parts = {{"alive", [&] { return clock.now().steady; }},
                                  {"lane in-1", [&] { return progress(clock.now().steady); }}};
  boost::asio::co_spawn(reactor, feed_watchdog(parts, clock), boost::asio::detached);
  clock.run_until_idle(reactor);
  std::size_t fed = 0;
  for (int second = 0; second < 60; ++second) {  // the socket's queue is short: listen as we go
    clock.advance(reactor, 1s);
    fed += systemd.heard().size();
  }
  return fed;
}

}  // namespace

TEST(Watchdog, ReadinessReachesSystemd) {
  const Systemd systemd;
  tell_systemd("READY=1");
  EXPECT_EQ(systemd.heard(), std::vector<std::string>{"READY=1"});
}

TEST(Watchdog, IsFedWhileEveryPartMakesProgress) {
  EXPECT_GE(fed_in_a_minute([](core::SteadyTime now) { return now; }), 20u);
}

TEST(Watchdog, StarvesWhenOneLaneStandsStill) {
  EXPECT_LE(fed_in_a_minute([](core::SteadyTime) { return core::SteadyTime{}; }), 4u);
}

TEST(Watchdog, NamesThePartThatIsLate) {
  const std::vector<Heartbeat> parts = {{"the journal", [] { return at(9s); }},
                                        {"lane in-1", [] { return at(4s); }}};
  EXPECT_EQ(late_part(parts, at(10s), 5s), "lane in-1");
  EXPECT_EQ(late_part(parts, at(9s), 5s), std::nullopt);
}
