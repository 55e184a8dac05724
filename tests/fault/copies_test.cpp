// Files that are put back from an old copy, cut short, or whose bits flip: nothing of that may become a
// grant.
#include <filesystem>
#include <fstream>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/fault/reference.hpp"
#include "tests/sync/appliance.hpp"

namespace fs = std::filesystem;
using namespace syncing;
using namespace syncing_test;
using core::Mode;
using fault::chance;
using fault::Random;
using testing::IsEmpty;
using testing::Not;

namespace {

constexpr int kRights = 60;

std::string box(int number) { return "BOXU" + std::to_string(1000000 + number); }

/// Every third right is revoked.
std::vector<ReadChange> content() {
  std::vector<ReadChange> changes;
  for (int i = 0; i < kRights; ++i) {
    const std::string id = "R" + std::to_string(i);
    changes.emplace_back(upsert(right(id, box(i), "S1")));
    if (i % 3 == 0) changes.emplace_back(change(ChangeKind::releaseRight, ChangeOp::revoke, id));
  }
  return changes;
}

class Copies : public testing::Test {
 protected:
  Copies() {
    spdlog::set_level(spdlog::level::off);
    start();
    appliance_->head(1, 0);
    appliance_->snapshot(1, 0, content(), 20);
    appliance_->head(1, 0);
  }
  ~Copies() override { spdlog::set_level(spdlog::level::info); }

  void start() {
    appliance_.emplace(folder_.path());
    (**appliance_).connection(true);
  }
  void stop() { appliance_.reset(); }

  void keep(const char* name) {
    fs::copy_file(folder_ / name, folder_ / "kept", fs::copy_options::overwrite_existing);
  }
  void put_back(const char* name) {
    for (const char* suffix : {"-wal", "-shm"}) fs::remove((folder_ / name).string() + suffix);
    fs::copy_file(folder_ / "kept", folder_ / name, fs::copy_options::overwrite_existing);
  }

  Mode mode() { return (**appliance_).standing(appliance_->clock.now()).mode; }

  core::Result<std::vector<core::ReleaseRight>> rights_of(int number) {
    core::Evidence evidence;
    evidence.first_detected = appliance_->clock.now().wall;
    evidence.containers.resize(1);
    evidence.containers[0].code = box(number);
    auto dossier = (**appliance_).gather(evidence);
    if (!dossier) return tl::unexpected(dossier.error());
    return dossier->rights;
  }

  core::Result<void> use(const std::string& release, const std::string& visit_id) {
    ports::JournalEntry entry;
    entry.passage = passage(visit_id, core::Ending::passed);
    entry.visit = visit(visit_id, "1ABC123", core::VisitState::left);
    entry.claims = {claim(release, visit_id, core::ClaimState::used, "BOX" + release)};
    entry.events = {event(core::EventKind::gate_out, "out " + release)};
    return appliance_->commit(std::move(entry));
  }

  /// What is active must be what the platform said is active.
  void expect_nothing_granted_wrongly() {
    for (int i = 0; i < kRights; ++i) {
      const auto found = rights_of(i);
      if (!found || mode() == Mode::restricted) continue;
      for (const auto& one : *found) {
        EXPECT_EQ(one.release_id, "R" + std::to_string(i));
        EXPECT_EQ(one.equipment_number, box(i));
        EXPECT_EQ(one.state, i % 3 == 0 ? core::RightState::revoked : core::RightState::active);
      }
    }
  }

  TempFolder folder_;
  std::optional<Appliance> appliance_;
};

}  // namespace

TEST_F(Copies, TheNewestJournalIsNeverTakenForAnOldCopy) {
  std::string journal;
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(use("X" + std::to_string(i), "V" + std::to_string(i)));
    stop();
    start();
    appliance_->head(1, 0);
    EXPECT_EQ(mode(), Mode::online);
    EXPECT_TRUE((**appliance_).journal_id() == journal || journal.empty());
    journal = (**appliance_).journal_id();
  }
}

TEST_F(Copies, AReplicaThatIsPutBackCatchesUpBeforeItCountsAsFresh) {
  stop();
  keep("replica.db");
  start();
  appliance_->updates(1, 1, {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
  stop();
  put_back("replica.db");
  start();
  appliance_->clock.advance(std::chrono::minutes(5));
  appliance_->head(1, 1);
  EXPECT_NE(mode(), Mode::online) << "R1 is revoked, and this replica does not know";
  appliance_->wait(std::chrono::seconds(5));
  ASSERT_FALSE(appliance_->requests().empty());
  EXPECT_EQ(appliance_->requests().back().from, 1);
  appliance_->updates(1, 1, {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
  appliance_->head(1, 1);
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_EQ(rights_of(1).value().at(0).state, core::RightState::revoked);
}

TEST_F(Copies, NoFlippedBitOfTheReplicaBecomesAGrant) {
  stop();
  keep("replica.db");
  Random random(20261122);
  const auto size = static_cast<int>(fs::file_size(folder_ / "kept"));
  int noticed = 0;
  for (int run = 0; run < 150; ++run) {
    put_back("replica.db");
    {
      std::fstream file(folder_ / "replica.db", std::ios::in | std::ios::out | std::ios::binary);
      const int at = chance(random, 0, size - 1);
      file.seekg(at);
      const char flipped = static_cast<char>(file.get() ^ (1 << chance(random, 0, 7)));
      file.seekp(at);
      file.put(flipped);
    }
    start();
    expect_nothing_granted_wrongly();
    noticed += mode() == Mode::restricted ? 1 : 0;
    stop();
  }
  EXPECT_GT(noticed, 20);
}

TEST_F(Copies, AReplicaThatIsCutShortIsNoticedAtStartAndReplaced) {
  stop();
  keep("replica.db");
  Random random(20261122);
  const auto size = static_cast<int>(fs::file_size(folder_ / "kept"));
  for (int run = 0; run < 20; ++run) {
    put_back("replica.db");
    fs::resize_file(folder_ / "replica.db", static_cast<std::uintmax_t>(chance(random, 0, size - 1)));
    start();
    expect_nothing_granted_wrongly();
    EXPECT_EQ(mode(), Mode::restricted);
    EXPECT_THAT(appliance_->recorded(core::EventKind::alarm), Not(IsEmpty()));
    stop();
  }
}

/// A page that no look-up has come to yet.
TEST_F(Copies, AReplicaWithADamagedPageIsLookedThroughBesideTheGateAndRefers) {
  stop();
  keep("replica.db");
  constexpr int kPage = 4096;
  const auto pages = static_cast<int>(fs::file_size(folder_ / "kept")) / kPage;
  const std::atomic<bool> stopping = false;
  int only_then = 0;
  for (int page = 1; page < pages; ++page) {
    put_back("replica.db");
    {
      std::fstream file(folder_ / "replica.db", std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(page * kPage);
      file << std::string(kPage, '\x7f');
    }
    start();
    only_then += mode() == Mode::restricted ? 0 : 1;
    (**appliance_).inspect(stopping);
    appliance_->settle();
    EXPECT_EQ(mode(), Mode::restricted) << "page " << page;
    expect_nothing_granted_wrongly();
    stop();
  }
  EXPECT_GT(only_then, 0) << "every start noticed it by itself";
}
