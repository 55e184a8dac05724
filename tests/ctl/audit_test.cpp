// What gatectl makes of an audit log: it believes nothing that the daemon says about itself.
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>
#include <unistd.h>

#include "gate/audit/tree.hpp"
#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/ctl/bundle.hpp"
#include "gate/ctl/commands.hpp"
#include "tests/ctl/tiny_server.hpp"

namespace {

using ctl_test::Outcome;

using testing::HasSubstr;

/// A gate that writes a log of passages and signs it.
class Gate {
 public:
  Gate() {
    std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
    seed.fill(7);
    crypto_sign_seed_keypair(verifier.key.data(), secret_.data(), seed.data());
  }

  audit::Verifier verifier{.name = "gatehouse/K913/g1", .key = {}};
  std::vector<audit::Leaf> leaves;
  std::vector<std::string> passages;  // as the daemon shows them, the newest last
  audit::LogHead head;

  void write(int count) {
    for (int i = 0; i < count; ++i) {
      core::PassageRecord passage;
      passage.id = "01P" + head.journal + std::to_string(leaves.size());
      passage.containers = {leaves.size() % 2 == 0 ? "CSQU3054383" : "MSKU0000011"};
      passages.push_back(canon::write(passage));
      append(R"({"claims":[],"events":[],"passage":)" + passages.back() + "}");
    }
  }

  void append(const std::string& record) {
    audit::Leaf leaf;
    leaf.number = static_cast<std::int64_t>(leaves.size()) + 1;
    leaf.at = core::WallTime(core::Milliseconds(1'000'000 * leaf.number));
    leaf.salt = "0102";
    leaf.record = record;
    const audit::Hash hash = audit::leaf_hash(audit::commitment("\1\2", record));
    leaf.hash = bytes::to_hex(bytes::view(hash));
    tree_.append(hash);
    leaves.push_back(std::move(leaf));
  }

  /// The note of what there is by now.
  std::string sign() {
    const auto sign = [this](std::string_view text) {
      std::string signature(crypto_sign_BYTES, '\0');
      crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                           reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret_.data());
      return signature;
    };
    head.verifier = audit::verifier_text(verifier);
    head.checkpoints.insert(
        head.checkpoints.begin(),
        audit::sign_checkpoint({.origin = "gate/" + head.journal, .size = tree_.size(), .root = tree_.root()},
                               verifier, sign));
    return head.checkpoints.front();
  }

  /// As after an edit by somebody who knows how the log is made: every hash fits its record again.
  void rehash() {
    std::vector<audit::Leaf> old;
    old.swap(leaves);
    tree_ = {};
    for (const audit::Leaf& leaf : old) append(*leaf.record);
  }

  /// As of a journal that stands before the one in use.
  [[nodiscard]] std::map<std::string, ctl_test::Answer> answers_of_earlier() const {
    std::map<std::string, ctl_test::Answer> all;
    const std::string leaves_of = "/api/audit/leaves?journal=" + head.journal + "&after=";
    all["/api/audit/log?journal=" + head.journal] = {200, canon::write(head)};
    all[leaves_of + "0&limit=500"] = {200, canon::write(leaves)};
    all[leaves_of + std::to_string(leaves.size()) + "&limit=500"] = {200, "[]"};
    if (leaves.empty()) return all;
    all[leaves_of + std::to_string(leaves.back().number) + "&limit=500"] = {200, "[]"};
    return all;
  }

  /// The gate went on under another name, on what `before` has.
  void follow(const Gate& before) {
    head.journal = "J2";
    head.earlier = {before.head.journal};
    passages = before.passages;
    append(R"({"begun":{"before":{"journalId":")" + before.head.journal + R"(","leaves":)" +
           std::to_string(before.leaves.size()) + R"(,"root":")" +
           bytes::to_hex(bytes::view(before.tree_.root())) +
           R"("},"journalId":"J2"},"claims":[],"events":[]})");
  }

  [[nodiscard]] std::map<std::string, ctl_test::Answer> answers() const {
    std::map<std::string, ctl_test::Answer> all;
    all["/api/audit/log"] = {200, canon::write(head)};
    const std::string last = std::to_string(leaves.empty() ? 0 : leaves.back().number);
    all["/api/audit/leaves?after=0&limit=500"] = {200, canon::write(leaves)};
    all["/api/audit/leaves?after=" + std::to_string(leaves.size()) + "&limit=500"] = {200, "[]"};
    if (!leaves.empty()) all["/api/audit/leaves?after=" + last + "&limit=500"] = {200, "[]"};
    std::string list;
    for (const std::string& passage : passages) list += (list.empty() ? "" : ",") + passage;
    all["/api/passages?limit=500"] = {200, "[" + list + "]"};
    if (!passages.empty()) {
      const auto newest = canon::read<core::PassageRecord>(passages.back());
      all["/api/passages?limit=500&before=" + newest->id] = {200, "[]"};
    }
    return all;
  }

 private:
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
  audit::Tree tree_;
};

template <class Command>
Outcome with(const Gate& gate, const Command& command) {
  const ctl_test::TinyServer server(gate.answers());
  const ctl::Client client(server.socket());
  std::ostringstream out, err;
  const int code = command(client, ctl::Streams{out, err});
  return {code, out.str(), err.str()};
}

Outcome verify(const Gate& gate, const ctl::AuditVerify& options = {}) {
  return with(gate, [&options](const ctl::Client& client, ctl::Streams streams) {
    return ctl::audit_verify_command(client, options, streams);
  });
}

Outcome take_out(const Gate& gate, const ctl::AuditExport& options) {
  return with(gate, [&options](const ctl::Client& client, ctl::Streams streams) {
    return ctl::audit_export_command(client, options, streams);
  });
}

class AuditCommand : public testing::Test {
 protected:
  AuditCommand() {
    gate.write(5);
    std::ofstream(held) << gate.sign();
    gate.write(4);
    gate.sign();
  }
  ~AuditCommand() override { std::filesystem::remove(held); }

  /// With the checkpoint over the first five leaves that somebody has held on to.
  Outcome held_against() { return verify(gate, {.checkpoints = {held}, .key = {}}); }

  Gate gate;
  const std::string held = testing::TempDir() + "held-" + std::to_string(::getpid()) + ".note";
};

TEST_F(AuditCommand, FindsAWholeLogWhole) {
  const Outcome outcome = held_against();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("leaves       9\n"));
  EXPECT_THAT(outcome.out, HasSubstr("2 fit, the newest over 9 leaves"));
  EXPECT_THAT(outcome.out, HasSubstr("fits, over 5 leaves"));
  EXPECT_THAT(outcome.out, HasSubstr("The audit log is whole."));
}

/// A journal that was put back from a copy over its first leaves and went on under another name.
class TwoLogs : public testing::Test {
 protected:
  TwoLogs() {
    first.head.journal = "J1";
    first.write(5);
    first.sign();
    std::ofstream(held) << first.head.checkpoints.front();
    second.follow(first);
    second.write(3);
    second.sign();
  }
  ~TwoLogs() override { std::filesystem::remove(held); }

  Outcome verified() {
    auto answers = second.answers();
    answers.merge(first.answers_of_earlier());
    const ctl_test::TinyServer server(std::move(answers));
    std::ostringstream out, err;
    const int code = ctl::audit_verify_command(ctl::Client(server.socket()),
                                               {.checkpoints = {held}, .key = {}}, ctl::Streams{out, err});
    return {code, out.str(), err.str()};
  }

  Gate first, second;
  const std::string held = testing::TempDir() + "held-first-" + std::to_string(::getpid()) + ".note";
};

TEST_F(TwoLogs, StandOneBehindTheOtherAndAnOldCheckpointStillFits) {
  const Outcome outcome = verified();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("journal      J1\nleaves       5\n"));
  EXPECT_THAT(outcome.out, HasSubstr("journal      J2\nleaves       4\n"));
  EXPECT_THAT(outcome.out, HasSubstr("fits, over 5 leaves"));
  EXPECT_THAT(outcome.out, HasSubstr("passages     8\n"));
}

TEST_F(TwoLogs, WithTheEarlierOneEditedAndSignedAnewAreFoundOut) {
  std::filesystem::remove(held);
  first.leaves[2].record->insert(1, R"("a":1,)");
  first.rehash();
  first.head.checkpoints.clear();
  first.sign();
  std::ofstream(held) << first.head.checkpoints.front();
  const Outcome outcome = verified();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("the log of journal J1 is not as it was when the next one began"));
}

TEST_F(TwoLogs, WithACheckpointBeyondTheCopyAreFoundToBeCut) {
  Gate lost = first;
  lost.write(2);
  std::ofstream(held, std::ios::trunc) << lost.sign();
  const Outcome outcome = verified();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("covers 7 leaves, the log has only 5"));
}

TEST_F(AuditCommand, FindsAnEditedRecord) {
  gate.leaves[2].record->insert(1, R"("a":1,)");
  const Outcome outcome = verify(gate);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("leaf 3: its record was edited"));
}

TEST_F(AuditCommand, FindsARecordThatIsGoneAndSaysUnderWhichRuleOneWasErased) {
  gate.leaves[2].record.reset();
  gate.leaves[2].salt.reset();
  EXPECT_THAT(verify(gate).err, HasSubstr("leaf 3: its record is missing, and no rule erased it"));
  gate.leaves[2].erased = "records-3-years";
  gate.passages.erase(gate.passages.begin() + 2);
  const Outcome outcome = held_against();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("1 under rule records-3-years"));
}

TEST_F(AuditCommand, FindsATruncatedLogByItsOwnCheckpointsAndWithoutThemByAHeldOne) {
  gate.leaves.resize(4);
  gate.passages.resize(4);
  EXPECT_THAT(verify(gate).err, HasSubstr("covers 9 leaves, the log has only 4: it was cut"));
  gate.head.checkpoints.clear();
  EXPECT_EQ(verify(gate).code, 0) << "nothing is left to hold it against";
  EXPECT_THAT(held_against().err, HasSubstr("covers 5 leaves, the log has only 4: it was cut"));
}

TEST_F(AuditCommand, FindsALeafThatIsLeftOut) {
  gate.leaves.erase(gate.leaves.begin() + 3);
  EXPECT_THAT(verify(gate).err, HasSubstr("leaf 4: it is missing"));
}

TEST_F(AuditCommand, FindsReorderedAndRechainedLogsByAHeldCheckpointAlone) {
  std::swap(gate.leaves[1].record, gate.leaves[3].record);
  gate.rehash();
  gate.head.checkpoints.clear();
  gate.sign();  // by somebody who has the gate's key, too
  const Outcome outcome = verify(gate);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(held_against().err, HasSubstr("the first 5 leaves are not those that it vouches for"));
}

TEST_F(AuditCommand, FindsAPassageThatIsShownOtherwiseThanTheLogHasIt) {
  auto passage = *canon::read<core::PassageRecord>(gate.passages[4]);
  passage.plate = "1ABC123";
  gate.passages[4] = canon::write(passage);
  EXPECT_THAT(verify(gate).err, HasSubstr("passage 01P4: the log does not have it as it is shown"));
}

TEST_F(AuditCommand, TakesNoCheckpointOfAnotherKey) {
  audit::Verifier other = gate.verifier;
  other.key[0] ^= 1;
  const Outcome outcome = verify(gate, {.checkpoints = {held}, .key = audit::verifier_text(other)});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("not signed by"));
  EXPECT_THAT(verify(gate, {.checkpoints = {}, .key = "nonsense+1"}).err, HasSubstr("name+id+key"));
}

TEST_F(AuditCommand, ExportsWhatNamesAContainerWithProofsThatHold) {
  const Outcome outcome = take_out(gate, {.container = "csqu 305438-3"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto bundle = canon::read<ctl::Bundle>(outcome.out);
  ASSERT_TRUE(bundle);
  EXPECT_EQ(bundle->entries.size(), 5U);
  EXPECT_THAT(ctl::faults_of(*bundle, gate.verifier), testing::IsEmpty());
}

TEST_F(AuditCommand, ExportsATimeAndProvesOnePassageOrEntry) {
  const auto entries = [this](const ctl::AuditExport& options) {
    const Outcome outcome = take_out(gate, options);
    const auto bundle = canon::read<ctl::Bundle>(outcome.out);
    return bundle ? static_cast<int>(bundle->entries.size()) : -1;
  };
  EXPECT_EQ(entries({.from = "1970-01-01T00:33:20Z", .to = "1970-01-01T01:06:40Z"}), 2);
  EXPECT_EQ(entries({.from = "1970-01-01"}), 9);
  EXPECT_EQ(entries({.passage = "01P7"}), 1);
  EXPECT_EQ(entries({.number = 2}), 1);
  EXPECT_THAT(take_out(gate, {.number = 17}).err,
              HasSubstr("none of the 9 entries that are vouched for is entry 17"));
  EXPECT_THAT(take_out(gate, {.from = "yesterday"}).err, HasSubstr("a date (2026-11-22)"));
}

TEST_F(AuditCommand, SaysWhatIsTooNewToBeProven) {
  gate.write(2);
  const Outcome outcome = take_out(gate, {.from = "1970-01-01"});
  EXPECT_THAT(outcome.err, HasSubstr("2 entries are newer than the newest checkpoint"));
}

TEST_F(AuditCommand, ABundleWithAnythingChangedProvesNothing) {
  const auto good = *canon::read<ctl::Bundle>(take_out(gate, {.passage = "01P3"}).out);
  auto record = good, number = good, proof = good, note = good, erased = good;
  record.entries[0].leaf.record->append(" ");
  number.entries[0].leaf.number = 5;
  proof.entries[0].proof.pop_back();
  note.checkpoint = gate.head.checkpoints.back();  // a true one, but of another size
  erased.entries[0].leaf.hash = std::string(64, 'a');
  for (const auto& forged : {record, number, proof, note, erased})
    EXPECT_THAT(ctl::faults_of(forged, gate.verifier), testing::SizeIs(1));
}

TEST_F(AuditCommand, ChecksABundleInAFileWithoutADaemon) {
  const std::string file = held + ".json";
  std::ofstream(file) << take_out(gate, {.passage = "01P3"}).out;
  std::ostringstream out, err;
  EXPECT_EQ(ctl::audit_check_command(file, "", {out, err}), 0) << err.str();
  EXPECT_THAT(out.str(), HasSubstr("1 entries stand in the log"));
  EXPECT_THAT(out.str(), HasSubstr("compare it with the gate's"));
  EXPECT_EQ(ctl::audit_check_command(file, audit::verifier_text(gate.verifier), {out, err}), 0);
  std::ofstream(file) << "{}";
  EXPECT_EQ(ctl::audit_check_command(file, "", {out, err}), 1);
  std::filesystem::remove(file);
}

}  // namespace
