// What is said on the link, both ways, as values; and the envelope that signs and checks them.
//
// Both sides use the same code: the appliance seals what the platform opens, and the other way round.
// A message is a JWS (jws.hpp) whose `typ` names its kind and whose payload is canonical JSON with
// `terminal` and `env` beside the members below (in camelCase). What says which containers may leave is
// encrypted to the terminal as well (jwe.hpp). PROTOCOL.md has the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/gate_event.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"
#include "gate/core/standing.hpp"
#include "sync/wire/changes.hpp"
#include "sync/wire/jwe.hpp"
#include "sync/wire/jws.hpp"

namespace syncing {

// ---- platform -> appliance --------------------------------------------------------------------

/// How far the stream is. Sent every few seconds, retained.
struct Head {
  std::int64_t epoch = 0;                        // generation of the stream; from 1
  std::int64_t sequence = 0;                     // of the newest change; 0: none yet
  std::optional<std::string> snapshot_digest{};  // SnapshotManifest::digest of the newest snapshot
  core::WallTime issued_at{};
  core::WallTime source_as_of{};  // last proof of life that the bridge had from the platform itself
  std::optional<core::Maintenance> maintenance{};
};
BOOST_DESCRIBE_STRUCT(Head, (), (epoch, sequence, snapshot_digest, issued_at, source_as_of, maintenance))

/// Changes first .. last of one epoch; each takes one number, also one that cannot be applied.
struct Batch {
  std::int64_t epoch = 0;
  std::int64_t first = 0;  // from 1
  std::int64_t last = 0;   // first + changes.size() - 1
  std::vector<ReadChange> changes{};
};
BOOST_DESCRIBE_STRUCT(Batch, (), (epoch, first, last))

struct PartDigest {
  std::string sha256{};    // lower-case hex, of the part's payload bytes
  std::int64_t count = 0;  // of changes in it
};
BOOST_DESCRIBE_STRUCT(PartDigest, (), (sha256, count))

/// Part 0 of a snapshot: the whole content of the stream as it stands at (epoch, sequence).
struct SnapshotManifest {
  std::string ulid{};
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;
  std::int64_t count = 0;           // of changes in all parts
  std::vector<PartDigest> parts{};  // of part 1, 2, ...
  std::string digest{};             // digest_of(parts)
  core::WallTime issued_at{};
  core::WallTime source_as_of{};
};
BOOST_DESCRIBE_STRUCT(SnapshotManifest, (),
                      (ulid, epoch, sequence, count, parts, digest, issued_at, source_as_of))

/// SHA-256 of the parts' digests, each followed by a line feed.
[[nodiscard]] std::string digest_of(const std::vector<PartDigest>& parts);

/// Part 1, 2, ...: changes to be applied in order onto nothing.
struct SnapshotPart {
  std::string ulid{};
  int part = 1;
  std::vector<ReadChange> changes{};
};
BOOST_DESCRIBE_STRUCT(SnapshotPart, (), (ulid, part))

struct RefusedEvent {
  std::int64_t number = 0;
  std::string reason{};
};
BOOST_DESCRIBE_STRUCT(RefusedEvent, (), (number, reason))

/// Of one journal, every event up to there.
struct EventsUpTo {
  std::string journal_id{};
  std::int64_t up_to = 0;
};
BOOST_DESCRIBE_STRUCT(EventsUpTo, (), (journal_id, up_to))

/// What events that a restored journal does not know have used is told in the stream up to there. `knows`:
/// all that the platform has taken over of this appliance's journals.
struct Told {
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;
  std::vector<EventsUpTo> knows{};
};
BOOST_DESCRIBE_STRUCT(Told, (), (epoch, sequence, knows))

/// The platform has taken over every event of this journal up to `up_to`, but for the refused ones.
struct Receipt {
  std::string appliance{};
  std::string journal_id{};
  std::int64_t up_to = 0;
  std::vector<RefusedEvent> refused{};
  std::optional<std::string> up_to_ulid{};  // of the event `up_to`, as the platform took it
  std::optional<Told> told{};               // to an appliance whose status says that it was restored
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (appliance, journal_id, up_to, refused, up_to_ulid, told))

// ---- appliance -> platform --------------------------------------------------------------------

enum class RequestKind { updates, snapshot, refresh };
BOOST_DESCRIBE_ENUM(RequestKind, updates, snapshot, refresh)

/// Names what is about to be decided on; the platform answers with updates.
struct Refresh {
  std::vector<std::string> release_ids{};
  std::vector<std::string> equipment_numbers{};
  std::vector<std::string> tars{};
  std::vector<std::string> plates{};
};
BOOST_DESCRIBE_STRUCT(Refresh, (), (release_ids, equipment_numbers, tars, plates))

struct Request {
  std::string appliance{};
  std::string ulid{};
  core::WallTime issued_at{};
  RequestKind kind = RequestKind::updates;
  std::optional<std::int64_t> epoch{};  // with updates
  std::optional<std::int64_t> from{};   // with updates: the first number wanted
  // With snapshot, where one came in part: which one, and the first part that is missing. The platform sends
  // at most `snapshot_window` parts for one request; where it no longer has that snapshot, it sends another.
  std::optional<std::string> snapshot{};
  std::optional<int> part{};
  std::optional<Refresh> refresh{};  // with refresh
};
BOOST_DESCRIBE_STRUCT(Request, (), (appliance, ulid, issued_at, kind, epoch, from, snapshot, part, refresh))

/// Parts sent for one request: a broker queues 1,000 messages for a client by default.
inline constexpr int snapshot_window = 100;

/// One gate event. Numbers run from 1 without holes within one journal; the ULID stays the same
/// however often the event is sent.
struct EventMessage {
  std::string appliance{};
  std::string journal_id{};  // ULID
  std::int64_t number = 0;
  std::string ulid{};
  core::GateEvent event{};
};
BOOST_DESCRIBE_STRUCT(EventMessage, (), (appliance, journal_id, number, ulid, event))

/// The journal does not know what others of this gate knew. All it has of earlier ones, and how far they are
/// known to have come.
struct Restored {
  std::vector<EventsUpTo> knows{};
  std::vector<EventsUpTo> lacks{};
};
BOOST_DESCRIBE_STRUCT(Restored, (), (knows, lacks))

/// What the appliance proves to know. Retained; `online` is false in the last will.
struct Status {
  std::string appliance{};
  bool online = true;
  std::string version{};
  core::WallTime issued_at{};
  std::optional<core::Mode> mode{};
  std::optional<core::WallTime> data_as_of{};
  bool reconciling = false;
  bool clock_trusted = false;
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;  // last one applied: this, not a PUBACK, acknowledges updates
  std::string journal_id{};
  bool journal_sound = true;           // false: damage was found, jobs that need CPu are referred
  std::optional<Restored> restored{};  // until the platform has told what was missed
  std::int64_t events = 0;             // the highest number given
  std::int64_t outbox = 0;             // events without a receipt
  std::vector<std::string> lanes{};
};
BOOST_DESCRIBE_STRUCT(Status, (),
                      (appliance, online, version, issued_at, mode, data_as_of, reconciling, clock_trusted,
                       epoch, sequence, journal_id, journal_sound, restored, events, outbox, lanes))

/// What this gate vouches for: its audit log up to here (C2SP tlog-checkpoint, a signed note).
struct CheckpointMessage {
  std::string appliance{};
  std::string journal_id{};
  std::string note{};
};
BOOST_DESCRIBE_STRUCT(CheckpointMessage, (), (appliance, journal_id, note))

// ---- the envelope -----------------------------------------------------------------------------

/// `typ` of a message's signature.
template <class Message>
inline constexpr const char* typ_of = nullptr;
template <>
inline constexpr const char* typ_of<Head> = "gate-head";
template <>
inline constexpr const char* typ_of<Batch> = "gate-updates";
template <>
inline constexpr const char* typ_of<SnapshotManifest> = "gate-snapshot-manifest";
template <>
inline constexpr const char* typ_of<SnapshotPart> = "gate-snapshot-part";
template <>
inline constexpr const char* typ_of<Receipt> = "gate-receipt";
template <>
inline constexpr const char* typ_of<Request> = "gate-request";
template <>
inline constexpr const char* typ_of<EventMessage> = "gate-event";
template <>
inline constexpr const char* typ_of<Status> = "gate-status";
template <>
inline constexpr const char* typ_of<CheckpointMessage> = "gate-checkpoint";

/// Who may collect what is a thief's shopping list: such a message goes encrypted.
template <class Message>
inline constexpr bool is_confidential = false;
template <>
inline constexpr bool is_confidential<Batch> = true;
template <>
inline constexpr bool is_confidential<SnapshotManifest> = true;
template <>
inline constexpr bool is_confidential<SnapshotPart> = true;

/// The stream that a message belongs to; one of another stream is refused.
struct Stream {
  std::string terminal{};
  std::string env{};  // "uat" or "prod"
};

/// Canonical payload of a message, without signature (a snapshot part's digest is taken over it).
template <class Message>
[[nodiscard]] std::string payload_of(const Stream& stream, const Message& message);

/// Reads what payload_of wrote, or another's: unknown members are ignored.
/// Fault::refused: another stream. Fault::malformed: names the path and what is allowed.
template <class Message>
[[nodiscard]] core::Result<Message> read_payload(const Stream& stream, std::string_view payload);

/// Writes, signs and, where it must, encrypts.
class Sealer {
 public:
  /// `to`: whom confidential messages are encrypted to. Who sends none needs no such key.
  Sealer(Stream stream, const SigningKey& key, std::optional<SealingKey> to = std::nullopt)
      : stream_(std::move(stream)), key_(key), to_(std::move(to)) {}

  /// What to publish: a JWS, or the JWE around it. A confidential message without a key to encrypt it to is a
  /// bug: std::logic_error.
  template <class Message>
  [[nodiscard]] std::string seal(const Message& message) const {
    std::string jws = sign_jws(key_, typ_of<Message>, payload_of(stream_, message));
    return is_confidential<Message> ? encrypted(jws) : jws;
  }

  [[nodiscard]] const Stream& stream() const { return stream_; }

 private:
  [[nodiscard]] std::string encrypted(const std::string& jws) const;

  Stream stream_;
  SigningKey key_;
  std::optional<SealingKey> to_;
};

/// Checks and reads. Thread-safe: holds no state that changes.
class Opener {
 public:
  /// `mine`: opens confidential messages. Who receives none needs no such key.
  Opener(Stream stream, KeySet keys, std::size_t max_bytes, std::optional<OpeningKey> mine = std::nullopt)
      : stream_(std::move(stream)), keys_(std::move(keys)), max_bytes_(max_bytes), mine_(std::move(mine)) {}

  /// Encryption, then signature, then kind, then stream, then content.
  template <class Message>
  [[nodiscard]] core::Result<Message> open(std::string_view message) const {
    const auto payload = open_payload<Message>(message);
    if (!payload) return tl::unexpected(payload.error());
    return read_payload<Message>(stream_, *payload);
  }

  /// The signed bytes of a message of this kind. One that ought to be encrypted and is not is refused.
  template <class Message>
  [[nodiscard]] core::Result<std::string> open_payload(std::string_view message) const {
    auto opened = open_signed<Message>(message);
    if (!opened) return tl::unexpected(opened.error());
    return std::move(opened->payload);
  }

  /// The same, with who signed.
  template <class Message>
  [[nodiscard]] core::Result<OpenedJws> open_signed(std::string_view message) const {
    if (!is_confidential<Message>) return signed_message(message, typ_of<Message>);
    const auto jws = decrypted(message);
    if (!jws) return tl::unexpected(jws.error());
    return signed_message(*jws, typ_of<Message>);
  }

  [[nodiscard]] const Stream& stream() const { return stream_; }
  [[nodiscard]] std::size_t max_bytes() const { return max_bytes_; }
  /// The key that confidential messages have to be encrypted to; empty where there is none.
  [[nodiscard]] std::string opening_key_id() const { return mine_ ? mine_->kid() : ""; }

 private:
  [[nodiscard]] core::Result<std::string> decrypted(std::string_view message) const;
  [[nodiscard]] core::Result<OpenedJws> signed_message(std::string_view jws, std::string_view typ) const;

  Stream stream_;
  KeySet keys_;
  std::size_t max_bytes_;
  std::optional<OpeningKey> mine_;
};

/// A whole snapshot ready to publish: messages[i] belongs to topics::snapshot_part(terminal, ulid, i).
struct SealedSnapshot {
  SnapshotManifest manifest{};
  std::vector<std::string> messages{};
};

/// Cuts `changes` into parts of at most `per_part` and seals all; digests and counts are filled in.
[[nodiscard]] SealedSnapshot seal_snapshot(const Sealer& sealer, SnapshotManifest manifest,
                                           const std::vector<ReadChange>& changes,
                                           std::size_t per_part = 1000);

}  // namespace syncing
