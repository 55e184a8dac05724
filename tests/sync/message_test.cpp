#include "sync/wire/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"
#include "sync/wire/topics.hpp"
#include "sync/wire/ulid.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using syncing_test::terminal_key;
using testing::HasSubstr;

namespace {

core::WallTime second(std::int64_t seconds) { return core::WallTime(std::chrono::seconds(seconds)); }

class Messages : public testing::Test {
 protected:
  Messages() { keys_.add("p1", key_.public_key()); }

  [[nodiscard]] Opener opener(std::string terminal = "T869", std::string env = "uat") const {
    return Opener({std::move(terminal), std::move(env)}, keys_, 1 << 20, terminal_key());
  }

  /// A payload of kind `typ`, rightly signed.
  [[nodiscard]] std::string signed_text(const char* typ, const std::string& payload) const {
    return sign_jws(key_, typ, payload);
  }
  /// The same, encrypted.
  [[nodiscard]] std::string sealed_text(const char* typ, const std::string& payload) const {
    return seal_jwe(terminal_key().sealing_key(), signed_text(typ, payload));
  }

  SigningKey key_{"p1", std::string(32, '\x01')};
  KeySet keys_;
  Sealer sealer_{{"T869", "uat"}, key_, terminal_key().sealing_key()};
  Head head_{.epoch = 2,
             .sequence = 7,
             .snapshot_digest = {},
             .issued_at = second(1000),
             .source_as_of = second(990),
             .maintenance = {}};
};

TEST_F(Messages, AHeadComesBackAsItWas) {
  const auto read = opener().open<Head>(sealer_.seal(head_));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->epoch, 2);
  EXPECT_EQ(read->sequence, 7);
  EXPECT_EQ(read->issued_at, second(1000));
  EXPECT_EQ(read->source_as_of, second(990));
}

TEST_F(Messages, AnotherTerminalsMessageIsRefused) {
  const auto read = opener("T913").open<Head>(sealer_.seal(head_));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, core::Fault::refused);
  EXPECT_THAT(read.error().what, HasSubstr("another terminal"));
}

TEST_F(Messages, AnotherEnvironmentsMessageIsRefused) {
  EXPECT_THAT(opener("T869", "prod").open<Head>(sealer_.seal(head_)).error().what,
              HasSubstr("another environment"));
}

TEST_F(Messages, WhatMayLeaveIsReadByNobodyButTheTerminal) {
  const Batch batch{.epoch = 1,
                    .first = 1,
                    .last = 1,
                    .changes = {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}};
  const std::string sealed = sealer_.seal(batch);
  EXPECT_TRUE(looks_sealed(sealed));
  EXPECT_TRUE(opener().open<Batch>(sealed));
  const Opener stranger({"T869", "uat"}, keys_, 1 << 20, *OpeningKey::from_hex("t1", std::string(64, '7')));
  EXPECT_THAT(stranger.open<Batch>(sealed).error().what, HasSubstr("for another key"));
  const Opener keyless({"T869", "uat"}, keys_, 1 << 20);
  EXPECT_THAT(keyless.open<Batch>(sealed).error().what, HasSubstr("no key to open"));
}

TEST_F(Messages, ABatchThatIsSignedButNotEncryptedIsRefused) {
  const Batch batch{.epoch = 1,
                    .first = 1,
                    .last = 1,
                    .changes = {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}};
  const auto read = opener().open<Batch>(signed_text("gate-updates", payload_of({"T869", "uat"}, batch)));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, core::Fault::refused);
  EXPECT_THROW(static_cast<void>(Sealer({"T869", "uat"}, key_).seal(batch)), std::logic_error);
}

TEST_F(Messages, AnEncryptedBatchThatIsNotRightlySignedIsRefused) {
  const std::string payload = R"({"changes":[],"env":"uat","epoch":1,"first":1,"last":0,"terminal":"T869"})";
  const SigningKey stranger("p1", std::string(32, '\x09'));
  const auto read = opener().open<Batch>(
      seal_jwe(terminal_key().sealing_key(), sign_jws(stranger, "gate-updates", payload)));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().what, HasSubstr("wrong signature"));
}

TEST_F(Messages, AMessageOfAnotherKindIsRefused) {
  EXPECT_THAT(opener().open<Receipt>(sealer_.seal(head_)).error().what, HasSubstr("gate-receipt expected"));
}

TEST_F(Messages, DuplicateKeysAreRefused) {
  const auto read = opener().open<Head>(signed_text(
      "gate-head", R"({"env":"uat","env":"uat","epoch":1,"issuedAt":"2026-01-01T00:00:00.000Z","sequence":1,)"
                   R"("sourceAsOf":"2026-01-01T00:00:00.000Z","terminal":"T869"})"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, core::Fault::malformed);
}

TEST_F(Messages, UnknownFieldsNullsAndLongFractionsAreTaken) {
  const auto read = opener().open<Head>(signed_text(
      "gate-head",
      R"({"colour":1.5,"env":"uat","epoch":1,"issuedAt":"2026-01-01T00:00:00.1234567Z","maintenance":null,)"
      R"("sequence":1,"sourceAsOf":"2026-01-01T01:00:00+01:00","terminal":"T869"})"));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->issued_at - read->source_as_of, core::Milliseconds(123));
}

TEST_F(Messages, ABatchKeepsItsNumbersEvenWithAChangeThatCannotBeRead) {
  const std::string payload =
      R"({"changes":[{"kind":"ban","op":"upsert","key":{"reference":"B1"},"data":{"subject":"plate","value":"1-abc-123"}},)"
      R"({"kind":"spaceship","op":"upsert","key":{"id":"x"}}],"env":"uat","epoch":1,"first":4,"last":5,"terminal":"T869"})";
  const auto batch = opener().open<Batch>(sealed_text("gate-updates", payload));
  ASSERT_TRUE(batch) << batch.error().what;
  ASSERT_EQ(batch->changes.size(), 2u);
  EXPECT_EQ(std::get<core::Restriction>(std::get<Change>(batch->changes[0]).data).value, "1ABC123");
  EXPECT_THAT(std::get<ParkedChange>(batch->changes[1]).reason, HasSubstr("kind"));
  // What could not be read goes out again as it came in.
  const auto again = opener().open<Batch>(sealer_.seal(*batch));
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_THAT(std::get<ParkedChange>(again->changes[1]).raw, HasSubstr("spaceship"));
}

TEST_F(Messages, ABatchWhoseNumbersDoNotCountItsChangesIsMalformed) {
  for (const char* range : {R"("first":4,"last":6)", R"("first":0,"last":0)", R"("first":5,"last":4)",
                            R"("first":-1,"last":-1)"}) {
    const std::string payload =
        std::string(R"({"changes":[{"kind":"use","op":"upsert","key":{"releaseId":"R"}}],)") +
        R"("env":"uat","epoch":1,)" + range + R"(,"terminal":"T869"})";
    const auto batch = opener().open<Batch>(sealed_text("gate-updates", payload));
    ASSERT_FALSE(batch) << range;
    EXPECT_EQ(batch.error().fault, core::Fault::malformed);
  }
}

TEST_F(Messages, AnEventComesBackAsItWas) {
  core::GateEvent event;
  event.kind = core::EventKind::gate_out;
  event.at = second(5);
  event.lane = "out-1";
  event.release_id = "R1";
  event.reasons = {core::Reason::plate_other};
  const EventMessage message{.appliance = "a1",
                             .journal_id = make_ulid(second(1)),
                             .number = 3,
                             .ulid = make_ulid(second(2)),
                             .event = event};
  const auto read = opener().open<EventMessage>(sealer_.seal(message));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(canon::write(read->event), canon::write(event));
  EXPECT_EQ(read->number, 3);
  EXPECT_THAT(payload_of({"T869", "uat"}, message), HasSubstr(R"("releaseId":"R1")"));
}

TEST_F(Messages, ASnapshotsDigestsFitItsParts) {
  std::vector<ReadChange> changes;
  for (int i = 0; i < 25; ++i)
    changes.push_back(change(ChangeKind::use, ChangeOp::upsert, "R" + std::to_string(i)));
  const auto sealed =
      seal_snapshot(sealer_, {.ulid = make_ulid(second(1)), .epoch = 1, .sequence = 9}, changes, 10);
  ASSERT_EQ(sealed.messages.size(), 4u);
  const auto manifest = opener().open<SnapshotManifest>(sealed.messages[0]);
  ASSERT_TRUE(manifest) << manifest.error().what;
  EXPECT_EQ(manifest->count, 25);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto payload = opener().open_payload<SnapshotPart>(sealed.messages[i + 1]);
    ASSERT_TRUE(payload);
    EXPECT_EQ(bytes::to_hex(bytes::sha256(*payload)), manifest->parts[i].sha256);
  }
}

TEST_F(Messages, AManifestThatDoesNotAddUpIsMalformed) {
  auto sealed = seal_snapshot(sealer_, {.ulid = make_ulid(second(1)), .epoch = 1, .sequence = 9},
                              {change(ChangeKind::use, ChangeOp::upsert, "R")});
  auto manifest = sealed.manifest;
  manifest.count = 2;
  EXPECT_FALSE(opener().open<SnapshotManifest>(sealer_.seal(manifest)));
  manifest = sealed.manifest;
  manifest.digest = std::string(64, '0');
  EXPECT_FALSE(opener().open<SnapshotManifest>(sealer_.seal(manifest)));
}

TEST_F(Messages, RequestsReceiptsAndStatusComeBackAsTheyWere) {
  const Request request{.appliance = "a1",
                        .ulid = make_ulid(second(1)),
                        .issued_at = second(1),
                        .kind = RequestKind::updates,
                        .epoch = 3,
                        .from = 12,
                        .refresh = {}};
  EXPECT_EQ(opener().open<Request>(sealer_.seal(request))->from, 12);
  const Receipt receipt{
      .appliance = "a1", .journal_id = "J", .up_to = 4, .refused = {{.number = 2, .reason = "no lane"}}};
  EXPECT_EQ(opener().open<Receipt>(sealer_.seal(receipt))->refused.at(0).reason, "no lane");
  Status status{.appliance = "a1",
                .online = false,
                .version = "0.1.0",
                .issued_at = second(4),
                .mode = core::Mode::backup,
                .data_as_of = {}};
  const auto read = opener().open<Status>(sealer_.seal(status));
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->online);
  EXPECT_EQ(read->mode, core::Mode::backup);
}

TEST(Topics, NameTheTerminalAndTheAppliance) {
  EXPECT_EQ(topics::snapshot_part("T869", "01U", 0), "gate/v1/T869/snapshots/01U/0");
  EXPECT_EQ(topics::events("T869", "a1"), "gate/v1/T869/events/a1");
  EXPECT_EQ(topics::every_appliance("T869", "events"), "gate/v1/T869/events/+");
}

}  // namespace
