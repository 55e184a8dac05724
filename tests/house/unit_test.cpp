// The systemd unit: understood by systemd, and sandboxed.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

struct Ran {
  int status = -1;
  std::string output;
};

Ran run(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return ran;
  std::array<char, 4096> chunk{};
  while (fgets(chunk.data(), chunk.size(), pipe) != nullptr) ran.output += chunk.data();
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

class Unit : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists("/usr/bin/systemd-analyze"))
      GTEST_SKIP() << "systemd-analyze is not installed (package systemd)";
    folder_ = fs::temp_directory_path() / ("gatehouse-unit-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    copy_with_command("/bin/true");
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// The unit as shipped, but for the program: it is not installed where tests run.
  void copy_with_command(const std::string& program, const std::string& extra = "") {
    std::ifstream shipped(fs::path(GATEHOUSE_SOURCE) / "systemd/gatehoused.service");
    std::ofstream copy(unit());
    for (std::string line; std::getline(shipped, line);) {
      copy << (line.rfind("ExecStart=", 0) == 0 ? "ExecStart=" + program : line) << "\n";
      if (line == "[Service]") copy << extra;
    }
  }
  [[nodiscard]] fs::path unit() const { return folder_ / "gatehoused.service"; }

  fs::path folder_;
};

}  // namespace

TEST_F(Unit, SystemdFindsNothingToSayAboutIt) {
  const Ran ran = run("systemd-analyze verify --man=no " + unit().string());
  EXPECT_EQ(ran.output, "");
}

TEST_F(Unit, AnUnknownKeyWouldBeFound) {
  copy_with_command("/bin/true", "NoSuchKey=yes\n");
  EXPECT_NE(run("systemd-analyze verify --man=no " + unit().string()).output.find("NoSuchKey"),
            std::string::npos);
}

TEST_F(Unit, ItsExposureIsAtMostOnePointFive) {
  const Ran ran = run("systemd-analyze security --no-pager --offline=true --threshold=15 " + unit().string());
  EXPECT_EQ(ran.status, 0) << ran.output;
}

// In a user namespace of its own the daemon sees every operator of the control socket as 65534.
TEST_F(Unit, LetsTheDaemonSeeWhoIsAtTheControlSocket) {
  std::ifstream shipped(fs::path(GATEHOUSE_SOURCE) / "systemd/gatehoused.service");
  for (std::string line; std::getline(shipped, line);) EXPECT_NE(line.rfind("PrivateUsers=", 0), 0u) << line;
}

TEST_F(Unit, ALooserSandboxWouldBeFound) {
  std::ofstream(unit()) << "[Service]\nExecStart=/bin/true\n";
  EXPECT_NE(
      run("systemd-analyze security --no-pager --offline=true --threshold=15 " + unit().string()).status, 0);
}
