#include "sync/wire/message.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "gate/bytes/bytes.hpp"
#include "gate/canon/json.hpp"
#include "sync/wire/fields.hpp"
#include "sync/wire/ulid.hpp"

namespace syncing {
namespace {

using nlohmann::json;

core::Result<Tree> parse_payload(const Stream& stream, std::string_view payload) {
  auto whole = Tree::parse_object(payload, "payload");
  if (!whole) return whole;
  Fields fields(whole->root(), "payload");
  if (fields.text("terminal") != stream.terminal || !fields.ok())
    return core::fail(core::Fault::refused, "message of another terminal; allowed: " + stream.terminal);
  if (fields.text("env") != stream.env || !fields.ok())
    return core::fail(core::Fault::refused, "message of another environment; allowed: " + stream.env);
  return whole;
}

json addressed(const Stream& stream, json whole) {
  whole["terminal"] = stream.terminal;
  whole["env"] = stream.env;
  return whole;
}

core::Result<std::vector<ReadChange>> read_changes(const Tree& whole) {
  Fields fields(whole.root(), "payload");
  const auto list = fields.array("changes");
  if (!list) return core::fail(core::Fault::malformed, "payload.changes: a list is expected");
  const simdjson::dom::array items(*list);
  std::vector<ReadChange> changes;
  changes.reserve(items.size());
  for (const Element& item : items) changes.push_back(read_change(item));
  return changes;
}

json write_changes(json whole, const std::vector<ReadChange>& changes) {
  json list = json::array();
  for (const auto& change : changes) list.push_back(write_change(change));
  whole["changes"] = std::move(list);
  return whole;
}

std::string want(bool good, const char* what) { return good ? "" : what; }

// What a kind of message demands beyond its form; "" where it holds.
std::string flaw(const Head& head) {
  return want(head.epoch >= 1 && head.sequence >= 0, "epoch of 1 or more and sequence of 0 or more expected");
}
std::string flaw(const Batch& batch) {
  const auto size = static_cast<std::int64_t>(batch.changes.size());
  return want(batch.epoch >= 1 && batch.first >= 1 && size >= 1 && batch.last - batch.first == size - 1,
              "epoch and first of 1 or more, and last = first + number of changes - 1 expected");
}
std::string flaw(const SnapshotManifest& manifest) {
  std::int64_t count = 0;
  for (const auto& part : manifest.parts) {
    if (part.count < 0 || part.count > manifest.count) return "counts of parts must add up to count";
    count += part.count;
  }
  if (!is_ulid(manifest.ulid)) return "ulid: a ULID expected";
  if (manifest.epoch < 1 || manifest.sequence < 0)
    return "epoch of 1 or more and sequence of 0 or more expected";
  if (count != manifest.count) return "counts of parts must add up to count";
  return want(manifest.digest == digest_of(manifest.parts), "digest is not that of the parts");
}
std::string flaw(const SnapshotPart& part) {
  return want(is_ulid(part.ulid) && part.part >= 1, "a ULID and a part of 1 or more expected");
}
std::string flaw(const Receipt& receipt) {
  const bool good = std::all_of(receipt.refused.begin(), receipt.refused.end(), [&receipt](const auto& one) {
    return one.number >= 1 && one.number <= receipt.up_to;
  });
  if (receipt.told && (receipt.told->epoch < 1 || receipt.told->sequence < 0))
    return "told: epoch of 1 or more and sequence of 0 or more expected";
  return want(good && receipt.up_to >= 0, "upTo of 0 or more, refused numbers within 1 and upTo expected");
}
std::string flaw(const Request& request) {
  if (request.kind == RequestKind::updates)
    return want(request.epoch && request.from && *request.epoch >= 1 && *request.from >= 1,
                "updates: epoch and from of 1 or more expected");
  return want(request.kind != RequestKind::refresh || request.refresh, "refresh: missing");
}
std::string flaw(const EventMessage& event) {
  return want(event.number >= 1 && is_ulid(event.ulid), "number of 1 or more and a ULID expected");
}
std::string flaw(const Status&) { return ""; }
std::string flaw(const CheckpointMessage& message) {
  return want(is_ulid(message.journal_id) && !message.note.empty(), "a journal id and a note expected");
}

template <class Message>
inline constexpr bool has_changes = std::is_same_v<Message, Batch> || std::is_same_v<Message, SnapshotPart>;

}  // namespace

std::string digest_of(const std::vector<PartDigest>& parts) {
  std::string lines;
  for (const auto& part : parts) lines += part.sha256 + '\n';
  return bytes::to_hex(bytes::sha256(lines));
}

template <class Message>
std::string payload_of(const Stream& stream, const Message& message) {
  json whole = addressed(stream, canon::to_json(message));
  if constexpr (has_changes<Message>) whole = write_changes(std::move(whole), message.changes);
  // A parked change may hold numbers that canonical JSON does not: it goes out as it came in.
  return has_changes<Message> ? whole.dump() : canon::canonical(whole);
}

template <class Message>
core::Result<Message> read_payload(const Stream& stream, std::string_view payload) {
  const auto whole = parse_payload(stream, payload);
  if (!whole) return tl::unexpected(whole.error());
  auto message = canon::from_json<Message>(whole->without("changes"), canon::Reading::foreign);
  if (!message) return message;
  if constexpr (has_changes<Message>) {
    auto changes = read_changes(*whole);
    if (!changes) return tl::unexpected(changes.error());
    message->changes = std::move(*changes);
  }
  if (const std::string wrong = flaw(*message); !wrong.empty())
    return core::fail(core::Fault::malformed, wrong);
  return message;
}

template std::string payload_of(const Stream&, const Head&);
template std::string payload_of(const Stream&, const Batch&);
template std::string payload_of(const Stream&, const SnapshotManifest&);
template std::string payload_of(const Stream&, const SnapshotPart&);
template std::string payload_of(const Stream&, const Receipt&);
template std::string payload_of(const Stream&, const Request&);
template std::string payload_of(const Stream&, const EventMessage&);
template std::string payload_of(const Stream&, const Status&);
template std::string payload_of(const Stream&, const CheckpointMessage&);
template core::Result<Head> read_payload(const Stream&, std::string_view);
template core::Result<Batch> read_payload(const Stream&, std::string_view);
template core::Result<SnapshotManifest> read_payload(const Stream&, std::string_view);
template core::Result<SnapshotPart> read_payload(const Stream&, std::string_view);
template core::Result<Receipt> read_payload(const Stream&, std::string_view);
template core::Result<Request> read_payload(const Stream&, std::string_view);
template core::Result<EventMessage> read_payload(const Stream&, std::string_view);
template core::Result<Status> read_payload(const Stream&, std::string_view);
template core::Result<CheckpointMessage> read_payload(const Stream&, std::string_view);

std::string Sealer::encrypted(const std::string& jws) const {
  if (!to_) throw std::logic_error("a confidential message needs a key to encrypt it to");
  return seal_jwe(*to_, jws);
}

core::Result<std::string> Opener::decrypted(std::string_view message) const {
  if (!mine_) return core::fail(core::Fault::refused, "encryption: no key to open such a message with");
  return open_jwe(message, *mine_, max_bytes_);
}

core::Result<OpenedJws> Opener::signed_message(std::string_view jws, std::string_view typ) const {
  auto opened = open_jws(jws, keys_, max_bytes_);
  if (!opened) return tl::unexpected(opened.error());
  if (opened->typ != typ)
    return core::fail(core::Fault::refused, "typ " + std::string(typ) + " expected here");
  return opened;
}

SealedSnapshot seal_snapshot(const Sealer& sealer, SnapshotManifest manifest,
                             const std::vector<ReadChange>& changes, std::size_t per_part) {
  SealedSnapshot sealed;
  manifest.parts.clear();
  manifest.count = static_cast<std::int64_t>(changes.size());
  for (std::size_t start = 0; start < changes.size(); start += per_part) {
    const std::size_t end = std::min(changes.size(), start + per_part);
    SnapshotPart part{
        .ulid = manifest.ulid, .part = static_cast<int>(manifest.parts.size()) + 1, .changes = {}};
    part.changes.assign(changes.begin() + static_cast<std::ptrdiff_t>(start),
                        changes.begin() + static_cast<std::ptrdiff_t>(end));
    const std::string payload = payload_of(sealer.stream(), part);
    manifest.parts.push_back(
        {.sha256 = bytes::to_hex(bytes::sha256(payload)), .count = static_cast<std::int64_t>(end - start)});
    sealed.messages.push_back(sealer.seal(part));
  }
  manifest.digest = digest_of(manifest.parts);
  sealed.messages.insert(sealed.messages.begin(), sealer.seal(manifest));
  sealed.manifest = std::move(manifest);
  return sealed;
}

}  // namespace syncing
