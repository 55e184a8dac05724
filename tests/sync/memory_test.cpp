// However large a snapshot is, it takes the same memory while it loads: what is built is written part by
// part, and no more of it is held than the part that is stored, the one that is taken apart, and the pages of
// the file that are kept at hand.
#include <fstream>
#include <functional>
#include <string>

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/backup/lines.hpp"
#include "tests/sync/backups.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

// Few rights with much to say take as many bytes as 100,000 like any other, and far less time.
constexpr int kSnapshotRights = 12'000;
constexpr std::size_t kTextOfARight = 4'000;
constexpr std::size_t kRightsInAPart = 120;
constexpr std::int64_t kMegabyte = 1024 * 1024;
constexpr std::int64_t kContent = kSnapshotRights * static_cast<std::int64_t>(kTextOfARight);
constexpr std::int64_t kBound = 36 * kMegabyte;
static_assert(kContent > kBound, "held in memory, it must be noticed");

/// What `work` gives in a process of its own.
std::int64_t apart(const std::function<std::int64_t()>& work) {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    std::int64_t result = -1;
    try {
      result = work();
    } catch (const std::exception& exception) {
      static_cast<void>(std::fprintf(stderr, "%s\n", exception.what()));
    }
    ::_exit(::write(ends[1], &result, sizeof result) == sizeof result ? 0 : 1);
  }
  std::int64_t result = -1;
  if (::read(ends[0], &result, sizeof result) != sizeof result) result = -1;
  ::close(ends[0]);
  ::close(ends[1]);
  ::waitpid(child, nullptr, 0);
  return result;
}

/// Bytes of this process, by the name that the system has for them.
std::int64_t bytes_of_process(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::stoll(line.substr(name.size() + 1)) * 1024;
  throw std::runtime_error("no " + name);
}

/// By how much this process grows, at most, while `work` goes on.
std::int64_t growth(const std::function<void()>& work) {
  ::malloc_trim(0);                             // what others left free here
  std::ofstream("/proc/self/clear_refs") << 5;  // the peak is counted anew
  const std::int64_t before = bytes_of_process("VmRSS");
  work();
  return bytes_of_process("VmHWM") - before;
}

bool has_sanitizers() {
  std::ifstream maps("/proc/self/maps");
  const std::string text{std::istreambuf_iterator<char>(maps), {}};
  return text.find("libasan") != std::string::npos || text.find("libtsan") != std::string::npos;
}

class Memory : public testing::Test {
 protected:
  void SetUp() override {
    if (has_sanitizers()) GTEST_SKIP() << "they keep what was given back";
    ASSERT_EQ(apart([this] { return write_snapshot(); }), 0);
  }

  std::int64_t write_snapshot() {
    std::vector<ReadChange> rights;
    for (int i = 0; i < kSnapshotRights; ++i) {
      core::ReleaseRight one = right("R" + std::to_string(i), "BOXU" + std::to_string(1'000'000 + i));
      one.release_identification = std::string(kTextOfARight, 'r');
      rights.emplace_back(upsert(std::move(one)));
    }
    const auto sealed = sealed_backup({.epoch = 1, .sequence = 7, .per_part = kRightsInAPart}, rights);
    put(file(), text_of(sealed));
    put(folder_ / "ulid", sealed.manifest.ulid);
    return 0;
  }

  std::filesystem::path file() const { return folder_ / "brought.gatebackup"; }

  /// The messages of the snapshot, as the link brings them.
  void receive_all(Appliance& appliance) {
    const std::string ulid = slurp(folder_ / "ulid");
    auto lines = Lines::open(file(), 4 * kMegabyte, ports::most_backup_bytes).value();
    for (int part = 0;; ++part) {
      const auto line = lines.next().value();
      if (!line) return;
      appliance->receive(topics::snapshot_part("T869", ulid, part), *line);
      appliance.settle();
    }
  }

  /// How much it takes to have it all in the replica.
  void expect_bounded(const std::function<void(Appliance&)>& load) {
    const std::int64_t grown = apart([this, &load] {
      Appliance appliance(folder_.path(), {}, {}, Building::aside);
      const std::int64_t most = growth([&appliance, &load] { load(appliance); });
      return appliance.report().rights == kSnapshotRights ? most : -1;
    });
    ASSERT_GT(grown, 0) << "it is not there";
    RecordProperty("grown_by_kilobytes", static_cast<int>(grown / 1024));
    EXPECT_LT(grown, kBound);
  }

  TempFolder folder_;
};

}  // namespace

TEST_F(Memory, IsBoundedWhileASnapshotComesOverTheLink) {
  expect_bounded([this](Appliance& appliance) { receive_all(appliance); });
}

TEST_F(Memory, IsBoundedWhileASnapshotIsBroughtByHand) {
  expect_bounded([this](Appliance& appliance) {
    const auto taken = appliance.carry_out(appliance->import_backup(file(), {}, "brought.gatebackup"));
    if (!taken) throw std::runtime_error(taken.error().what);
  });
}
