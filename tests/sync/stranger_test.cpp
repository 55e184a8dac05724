// A client written by somebody who has read PROTOCOL.md and none of the code (stranger/) is understood, and
// understands.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "drivers/badge/identity.hpp"
#include "gate/bytes/bytes.hpp"
#include "gate/canon/time_text.hpp"
#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

const std::string source = GATEHOUSE_SOURCE;

/// Debian's own python3: its packages are what `packages` names.
int python(const std::string& script, const std::string& arguments) {
  return std::system(
      ("/usr/bin/python3 -B '" + source + "/tests/sync/stranger/" + script + "' " + arguments).c_str());
}

constexpr const char* identity = "0707070707070707070707070707070707070707070707070707070707070707";

class Stranger : public testing::Test {
 protected:
  Stranger() {
    const OpeningKey terminal = terminal_key();
    write("terminal.pub", bytes::to_hex(bytes::view(terminal.sealing_key().key)));
    write("appliance.pub", SigningKey("a1", std::string(32, '\x02')).public_key_hex());
    write("identity.key", identity);
    act("speak", canon::time_text(at(0)));
    std::filesystem::create_directories(folder_ / "state");
    start({});
  }

  void write(const char* name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  std::string read(const char* name) {
    std::ifstream file(folder_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void act(const std::string& what, const std::string& argument = "") {
    ASSERT_EQ(python("bridge.py", what + " '" + folder_.path().string() + "' " + argument), 0);
  }

  void hear(const std::string& topic, const char* file) {
    (*appliance_)->receive(topic, read(file));
    appliance_->settle();
  }

  /// Everything that the platform wrote, as a broker would bring it.
  void hear_all() {
    hear(topics::head("T869"), "head");
    appliance_->wait(core::Milliseconds(1000));
    for (int part = 0; part < 3; ++part)
      hear(topics::snapshot_part("T869", "01KAPGQ9R00000000000000000", part),
           ("snapshot-" + std::to_string(part)).c_str());
    hear(topics::updates("T869"), "updates");
    appliance_->wait(core::Milliseconds(500));
  }

  /// Everything that was ever said on the events' topic, for the stranger to answer with the newest status.
  void answer() {
    for (; heard_ < appliance_->sent.size(); ++heard_)
      if (appliance_->sent[heard_].topic == topics::events("T869", "a1"))
        events_ += appliance_->sent[heard_].payload + "\n";
    write("events", events_);
    hand_over(topics::status("T869", "a1"), "status", true);
    act("answer", canon::time_text(appliance_->clock.now().wall));
    std::istringstream receipts(read("receipts"));
    for (std::string one; std::getline(receipts, one);)
      (*appliance_)->receive(topics::receipts("T869", "a1"), one);
    appliance_->settle();
  }

  void start(core::Milliseconds later) {
    const std::string key = bytes::from_hex(read("platform.pub"), 32).value_or(std::string(32, '\0'));
    PublicKey platform;
    std::copy(key.begin(), key.end(), platform.begin());
    appliance_.emplace(folder_ / "state", FileLayer{}, later);
    appliance_->believe(platform);
    appliance_.value()->connection(true);
    heard_ = 0;
  }

  /// The first or last message on a topic, for the stranger to read.
  void hand_over(const std::string& topic, const char* file, bool last) {
    std::string found;
    for (const auto& one : appliance_->sent)
      if (one.topic == topic && (last || found.empty())) found = one.payload;
    write(file, found);
  }

  TempFolder folder_;
  std::optional<Appliance> appliance_;
  std::string events_;
  std::size_t heard_ = 0;
};

}  // namespace

TEST_F(Stranger, IsUnderstoodToTheLastField) {
  hear_all();
  EXPECT_EQ((*appliance_)->refusals(), std::vector<std::string>{});
  EXPECT_EQ(appliance_->report().standing.mode, core::Mode::online);
  EXPECT_EQ(appliance_->report().sequence, 13);
  EXPECT_EQ(appliance_->report().parked_in, 0);
  core::Evidence evidence;
  evidence.first_detected = at(0);
  evidence.tar = "TAR1";
  evidence.plate = core::PlateEvidence{};
  evidence.plate->plate = "1XYZ999";
  const auto dossier = (*appliance_)->gather(evidence).value();
  ASSERT_EQ(dossier.appointments.size(), 1u);
  EXPECT_EQ(dossier.appointments[0].tractor_plate, "1ABC123");
  EXPECT_EQ(dossier.appointments[0].slot_to, at(3600));
  ASSERT_EQ(dossier.rights.size(), 1u);
  const core::ReleaseRight& right = dossier.rights[0];
  EXPECT_EQ(right.release_id, "R1");
  EXPECT_EQ(right.equipment_number, "CSQU3054383");
  EXPECT_EQ(right.expiration_date_time_utc, at(86400));
  const auto key = badge::IdentityKey::from_hex(identity, "k1").value();
  EXPECT_EQ(right.driver_id_hash, badge::driver_id_hash(key, "0012345678").value());
  ASSERT_EQ(dossier.restrictions.size(), 1u);
  EXPECT_EQ(dossier.restrictions[0].reference, "B1");
}

TEST_F(Stranger, MayRevokeByContainerStay) {
  hear_all();
  core::Evidence evidence;
  evidence.containers.emplace_back().code = "MSKU9070323";
  const auto dossier = (*appliance_)->gather(evidence).value();
  ASSERT_EQ(dossier.rights.size(), 1u);
  EXPECT_EQ(dossier.rights[0].state, core::RightState::revoked);
}

TEST_F(Stranger, ReadsWhatTheApplianceSaysAndItsReceiptIsTaken) {
  hear_all();
  const auto before = appliance_->report().outbox;
  ASSERT_GE(before, 1);
  hand_over(topics::requests("T869", "a1"), "request", false);
  hand_over(topics::events("T869", "a1"), "event", false);
  hand_over(topics::status("T869", "a1"), "status", true);
  act("listen");
  hear(topics::receipts("T869", "a1"), "receipt");
  EXPECT_EQ(appliance_->report().outbox, before - 1);
}

/// Section 5.5: what a journal that was put back does not know is told by somebody who has read that alone.
TEST_F(Stranger, TellsARestoredJournalWhatWasUsed) {
  hear_all();
  answer();
  appliance_.reset();
  const auto journal = folder_ / "state" / "journal.db";
  std::filesystem::copy_file(journal, folder_ / "kept");
  start(std::chrono::seconds(10));
  hear(topics::head("T869"), "head");
  ports::JournalEntry used;
  used.claims = {claim("R1", "V1", core::ClaimState::used)};
  used.events = {event(core::EventKind::gate_out)};
  used.events[0].release_id = "R1";
  ASSERT_TRUE(appliance_->commit(used));
  appliance_->wait(std::chrono::seconds(1));
  answer();
  EXPECT_EQ(appliance_->report().outbox, 0);
  const std::string first = (*appliance_)->journal_id();
  appliance_.reset();
  for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(journal.string() + suffix);
  std::filesystem::copy_file(folder_ / "kept", journal, std::filesystem::copy_options::overwrite_existing);
  start(std::chrono::seconds(20));
  appliance_->wait(std::chrono::seconds(1));
  EXPECT_NE((*appliance_)->journal_id(), first);
  EXPECT_EQ(appliance_->report().standing.mode, core::Mode::restricted) << "R1 was used, and nobody told";
  answer();
  hear(topics::updates("T869"), "updates");
  hear(topics::head("T869"), "head");
  appliance_->wait(std::chrono::seconds(1));
  EXPECT_TRUE(appliance_->report().journal_told);
  EXPECT_EQ(appliance_->report().standing.mode, core::Mode::online);
  core::Evidence evidence;
  evidence.containers.emplace_back().code = "CSQU3054383";
  const auto dossier = (*appliance_)->gather(evidence).value();
  ASSERT_EQ(dossier.rights.size(), 1u);
  EXPECT_TRUE(dossier.rights[0].used_elsewhere);
  answer();
  EXPECT_EQ(appliance_->report().outbox, 0);
  EXPECT_FALSE(appliance_->sent_on<Status>(topics::status("T869", "a1")).back().restored);
}

TEST_F(Stranger, WhoseMessagesAreTouchedOnTheWayIsNotHeard) {
  for (const char* file : {"head", "updates", "snapshot-0", "snapshot-1"}) {
    std::string text = read(file);
    text[text.size() / 2] = text[text.size() / 2] == 'A' ? 'B' : 'A';
    write(file, text);
  }
  hear_all();
  EXPECT_EQ(appliance_->report().standing.mode, core::Mode::restricted);
  EXPECT_GE((*appliance_)->refusals().size(), 3u);
}

TEST(TheExamples, AreWrittenByAStranger) {
  EXPECT_EQ(python("page.py", "| cmp - '" + source + "/sync/EXAMPLES.md'"), 0)
      << "tests/sync/stranger/page.py > sync/EXAMPLES.md writes the page anew";
}

TEST(TheExamples, AreAcceptedByTheSchemasAndSpoiledOnesAreNot) {
  EXPECT_EQ(python("schema.py", "'" + source + "/sync/asyncapi.yaml' '" + source + "/sync/EXAMPLES.md'"), 0);
}
