// Comparing what was granted in an outage, cut off at any moment: each difference is told once.
#include <gmock/gmock.h>

#include "tests/fault/restored_journal.hpp"

using namespace fault;

namespace {

class Reconciliation : public ARestoredJournal {
 protected:
  /// R1 is granted on old data, and was revoked meanwhile.
  void have_an_outage() {
    talk();
    appliance->wait(std::chrono::minutes(3));
    ASSERT_EQ(mode(), Mode::backup);
    ports::JournalEntry entry;
    entry.passage = passage("V1", core::Ending::passed);
    entry.passage->standing = (**appliance).standing(appliance->clock.now());
    entry.visit = visit("V1", "1ABC123", core::VisitState::inside);
    entry.claims = {claim(name(1), "V1", core::ClaimState::claimed, box(1), "S1")};
    entry.claims[0].since = appliance->clock.now().wall;
    ASSERT_TRUE(appliance->commit(entry));
    (void)stream.append({change(ChangeKind::releaseRight, ChangeOp::revoke, name(1))});
    stop();
  }

  void catch_up() {
    appliance->head(stream.epoch(), stream.sequence());
    for (const auto& batch : stream.since(appliance->report().sequence + 1))
      appliance->say(topics::updates("T869"), batch);
    appliance->head(stream.epoch(), stream.sequence());
    appliance->wait(std::chrono::seconds(2));
  }

  int told() {
    int count = 0;
    for (const auto& text : appliance->recorded(EventKind::reconciliation))
      count += text.find("was revoked") != std::string::npos ? 1 : 0;
    return count;
  }
};

}  // namespace

TEST_F(Reconciliation, ThatIsCutOffAtAnyWriteTellsEachDifferenceOnce) {
  have_an_outage();
  const TempFolder before;
  fs::copy(folder.path(), before.path(), fs::copy_options::recursive);
  bool reached = true;
  int runs = 0;
  for (int n = 1; reached; ++n, ++runs) {
    fs::remove_all(folder.path());
    fs::copy(before.path(), folder.path(), fs::copy_options::recursive);
    reached = cut_off(n, "journal.db", [this] { catch_up(); });
    start();
    catch_up();
    EXPECT_EQ(told(), 1) << "after access " << n;
    EXPECT_EQ((**appliance).findings(50)->total, 1) << "after access " << n;
    appliance.reset();
  }
  EXPECT_GT(runs, 20);
}
