// The daemon itself, as systemd runs it: started without network, broker or devices, and told to stop.
#include "tests/appliance/daemon.hpp"

#include <algorithm>

using namespace daemon_test;

TEST(Daemon, ServesWithoutNetworkBrokerOrDevicesAndStopsWhenTold) {
  const Site site;
  const NotifySocket systemd(site.folder() / "notify");
  const pid_t daemon = start({bin + "/gatehoused", "--config", site.config()}, site.folder() / "log");
  ASSERT_TRUE(systemd.hears("READY=1")) << text_of(site.folder() / "log");
  const fs::path said = site.folder() / "said";
  EXPECT_EQ(exit_status(start({bin + "/gatectl", "status", "--socket", site.socket()}, said)), 0)
      << text_of(said);
  EXPECT_NE(text_of(said).find("restricted"), std::string::npos) << text_of(said);
  kill(daemon, SIGTERM);
  EXPECT_TRUE(systemd.hears("STOPPING=1"));
  EXPECT_EQ(exit_status(daemon), 0) << text_of(site.folder() / "log");
}

TEST(Daemon, ASecondOneOnTheSameStateTouchesNothingAndNamesTheFirst) {
  const Site site;
  const NotifySocket systemd(site.folder() / "notify");
  const pid_t daemon = start({bin + "/gatehoused", "--config", site.config()}, site.folder() / "log");
  ASSERT_TRUE(systemd.hears("READY=1")) << text_of(site.folder() / "log");
  const fs::path said = site.folder() / "said";
  EXPECT_EQ(exit_status(start({bin + "/gatehoused", "--config", site.config()}, said)), 1);
  EXPECT_NE(text_of(said).find("(pid " + std::to_string(daemon) + ") works with it already"),
            std::string::npos)
      << text_of(said);
  kill(daemon, SIGTERM);
  EXPECT_EQ(exit_status(daemon), 0) << text_of(site.folder() / "log");
}

TEST(Daemon, AConfigurationWithMistakesIsToldAndNothingStarts) {
  const fs::path said = fs::temp_directory_path() / ("gatehouse-said-" + std::to_string(getpid()));
  const std::string mistakes = std::string(GATEHOUSE_SOURCE) + "/tests/config/mistakes.toml";
  EXPECT_EQ(exit_status(start({bin + "/gatehoused", "--check-config", mistakes}, said)), 1);
  const std::string text = text_of(said);
  EXPECT_GE(std::count(text.begin(), text.end(), '\n'), 10) << text;
  EXPECT_EQ(exit_status(start({bin + "/gatehoused", "--config", mistakes}, said)), 1);
  fs::remove(said);
}
