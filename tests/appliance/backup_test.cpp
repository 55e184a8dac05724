// A back-up file as the platform of the demonstration writes it, brought to a running daemon with gatectl.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/appliance/daemon.hpp"

using namespace daemon_test;
using testing::HasSubstr;
using testing::Not;

namespace {

class BroughtByHand : public testing::Test {
 protected:
  BroughtByHand() { begin(); }
  ~BroughtByHand() override { end(); }

  void begin() {
    daemon_ = start({bin + "/gatehoused", "--config", site_.config()}, site_.folder() / "log");
    EXPECT_TRUE(systemd_.hears("READY=1")) << text_of(site_.folder() / "log");
  }
  void end() {
    kill(daemon_, SIGTERM);
    EXPECT_EQ(exit_status(daemon_), 0) << text_of(site_.folder() / "log");
  }

  std::string file(const char* name) { return site_.folder() / name; }

  void export_to(const std::string& name, int epoch) {
    const std::string day = std::string(GATEHOUSE_SOURCE) + "/tests/world/days/first-day.toml";
    EXPECT_EQ(site_.run({bin + "/gateworld", "export-backup", day, name, "--config", site_.config(),
                         "--state", site_.folder(), "--epoch", std::to_string(epoch)}),
              0)
        << site_.said();
  }

  int gatectl(std::vector<std::string> words) {
    words.insert(words.begin(), bin + "/gatectl");
    words.insert(words.end(), {"--socket", site_.socket()});
    return site_.run(words);
  }

  /// A file with the token of somebody of the tokens file.
  std::string token_of(const std::string& name) {
    std::ifstream tokens(site_.folder() / "tokens");
    for (std::string who, role, token; tokens >> who >> role >> token;)
      if (who == name) std::ofstream(site_.folder() / (name + ".token")) << token << "\n";
    return site_.folder() / (name + ".token");
  }

  Site site_;
  NotifySocket systemd_{site_.folder() / "notify"};
  pid_t daemon_ = -1;
};

}  // namespace

TEST_F(BroughtByHand, IsInspectedAndImportedAndStaysAfterARestart) {
  export_to(file("x.gatebackup"), 7);
  ASSERT_EQ(gatectl({"backup", "inspect", file("x.gatebackup")}), 0) << site_.said();
  EXPECT_THAT(site_.said(), HasSubstr(R"("epoch":7)"));
  EXPECT_THAT(site_.said(), Not(HasSubstr("refusal")));
  ASSERT_EQ(gatectl({"status"}), 0);
  EXPECT_THAT(site_.said(), HasSubstr("no data yet")) << "inspecting changes nothing";

  ASSERT_EQ(gatectl({"backup", "import", file("x.gatebackup")}), 0) << site_.said();
  EXPECT_THAT(site_.said(), HasSubstr("taken over, epoch 7, sequence 0"));
  ASSERT_EQ(gatectl({"status"}), 0);
  EXPECT_THAT(site_.said(), HasSubstr("link    down, epoch 7, sequence 0"));
  EXPECT_THAT(site_.said(), Not(HasSubstr("no data yet")));
  EXPECT_THAT(site_.said(), Not(HasSubstr(" 0 rights")));
  EXPECT_EQ(gatectl({"backup", "import", file("x.gatebackup")}), 0) << "the same again";

  export_to(file("older.gatebackup"), 6);
  EXPECT_EQ(gatectl({"backup", "import", file("older.gatebackup")}), 1);
  EXPECT_THAT(site_.said(), HasSubstr("older than the replica"));
  std::filesystem::resize_file(file("x.gatebackup"), std::filesystem::file_size(file("x.gatebackup")) - 1);
  EXPECT_EQ(gatectl({"backup", "inspect", file("x.gatebackup")}), 1);
  EXPECT_EQ(gatectl({"backup", "import", file("x.gatebackup")}), 1) << site_.said();

  end();
  begin();
  ASSERT_EQ(gatectl({"status"}), 0);
  EXPECT_THAT(site_.said(), HasSubstr("epoch 7, sequence 0"));
}

TEST_F(BroughtByHand, WithDataBelowTheFloorIsTakenFromTwoSupervisorsWhereTheReplicaIsLost) {
  export_to(file("x.gatebackup"), 7);
  export_to(file("older.gatebackup"), 6);
  ASSERT_EQ(gatectl({"backup", "import", file("x.gatebackup")}), 0) << site_.said();
  end();
  for (const char* name : {"replica.db", "replica.db-wal", "replica.db-shm"})
    std::filesystem::remove(site_.folder() / name);
  begin();
  const std::string older = file("older.gatebackup");
  EXPECT_EQ(gatectl({"backup", "import", older}), 1);
  EXPECT_THAT(site_.said(), HasSubstr("two supervisors"));
  EXPECT_EQ(gatectl({"backup", "import", older, "--token", token_of("operator")}), 1) << "no supervisor";
  EXPECT_EQ(gatectl({"backup", "import", older, "--token", token_of("supervisor")}), 1);
  EXPECT_THAT(site_.said(), HasSubstr("a second supervisor"));
  EXPECT_EQ(gatectl({"backup", "import", older, "--token", token_of("supervisor")}), 1) << "the same person";
  EXPECT_EQ(gatectl({"backup", "import", older, "--token", token_of("deputy")}), 0) << site_.said();
  EXPECT_THAT(site_.said(), HasSubstr("taken over, epoch 6"));
}
