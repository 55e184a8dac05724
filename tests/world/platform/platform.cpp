#include "tests/world/platform/platform.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/describe/enum_to_string.hpp>

#include "config/key_file.hpp"
#include "gate/bytes/bytes.hpp"
#include "sync/backup/backup_reader.hpp"
#include "sync/wire/topics.hpp"
#include "sync/wire/ulid.hpp"
#include "tests/world/platform/restored.hpp"

namespace world {
namespace {

namespace topics = syncing::topics;

template <class T>
T must(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return std::move(*result);
}

syncing::Stream stream_of(const config::Config& config) {
  return {config.site.terminal, config.site.environment == config::Environment::prod ? "prod" : "uat"};
}

syncing::SigningKey key_of(const config::Config& config, const std::filesystem::path& state) {
  if (config.link.platform_keys.empty()) throw std::runtime_error("link.platform_keys: names no key");
  const std::string kid = config.link.platform_keys.begin()->first;
  auto key = must(syncing::SigningKey::from_hex(kid, must(config::read_secret_key(state / "platform.seed"))));
  if (key.public_key_hex() != config.link.platform_keys.begin()->second) {
    throw std::runtime_error((state / "platform.seed").string() +
                             ": is not the key that the appliance knows as " + kid);
  }
  return key;
}

syncing::KeySet appliance_keys(const config::Config& config, const std::filesystem::path& state) {
  const std::string hex = must(config::read_public_key(state / "signing.pub"));
  return must(syncing::KeySet::from_hex({{config.link.signing_key_id, hex}}));
}

syncing::SealingKey terminal_key(const config::Config& config, const std::filesystem::path& state) {
  syncing::SealingKey key{config.link.encryption_key_id, {}};
  const auto given = bytes::from_hex(must(config::read_public_key(state / "encryption.pub")), key.key.size());
  std::copy(given->begin(), given->end(), key.key.begin());
  return key;
}

audit::Verifier log_key(const config::Config& config, const std::filesystem::path& state) {
  audit::Verifier verifier{.name = "gatehouse/" + config.site.terminal + "/" + config.site.appliance,
                           .key = {}};
  const auto given =
      bytes::from_hex(must(config::read_public_key(state / "signing.pub")), verifier.key.size());
  std::copy(given->begin(), given->end(), verifier.key.begin());
  return verifier;
}

MqttAccess access_of(const config::Config& config, const std::filesystem::path& state) {
  return {config.link.broker, "platform", state / "ca.pem", state / "platform.pem", state / "platform.key"};
}

std::vector<std::string> filters(const std::string& terminal) {
  return {topics::every_appliance(terminal, "events"), topics::every_appliance(terminal, "requests"),
          topics::every_appliance(terminal, "checkpoints"), topics::every_appliance(terminal, "status")};
}

}  // namespace

Platform::Platform(const config::Config& config, const std::filesystem::path& state, Now now)
    : terminal_(config.site.terminal),
      appliance_(config.site.appliance),
      now_(std::move(now)),
      sealer_(stream_of(config), key_of(config, state), terminal_key(config, state)),
      opener_(stream_of(config), appliance_keys(config, state),
              static_cast<std::size_t>(config.link.max_message_bytes)),
      log_key_(log_key(config, state)),
      head_interval_(config.link.head_interval),
      mqtt_(access_of(config, state), filters(terminal_),
            [this](const std::string& topic, const std::string& payload) { take(topic, payload); }),
      heart_([this](const std::stop_token& stop) { beat(stop); }) {}

Platform::~Platform() {
  heart_.request_stop();
  heart_.join();
  mqtt_.disconnect();
}

void Platform::begin(std::int64_t epoch, const Records& records) {
  const std::lock_guard lock(mutex_);
  stream_.begin(epoch, changes_of(records));
  sent_ = 0;
  snapshot_digest_.reset();
  if (there_) send_head();
}

void Platform::update(const std::vector<syncing::Change>& changes) {
  const std::lock_guard lock(mutex_);
  (void)stream_.append(changes);
  if (there_) send_batches(sent_ + 1);
}

void Platform::cut_off() {
  {
    const std::lock_guard lock(mutex_);
    there_ = false;
  }
  mqtt_.disconnect();
}

void Platform::come_back() {
  mqtt_.connect();
  const std::lock_guard lock(mutex_);
  there_ = true;
  send_batches(sent_ + 1);
  if (stream_.epoch() > 0) send_head();
}

void Platform::take(const std::string& topic, const std::string& payload) {
  const std::lock_guard lock(mutex_);
  if (topic == topics::events(terminal_, appliance_)) {
    const auto message = opener_.open<syncing::EventMessage>(payload);
    if (message && message->appliance == appliance_) return take_event(*message);
    refused_.push_back(topic + ": " + (message ? "of another appliance" : message.error().what));
  } else if (topic == topics::requests(terminal_, appliance_)) {
    const auto request = opener_.open<syncing::Request>(payload);
    if (request && request->appliance == appliance_) return answer(*request);
    refused_.push_back(topic + ": " + (request ? "of another appliance" : request.error().what));
  } else if (topic == topics::status(terminal_, appliance_)) {
    const auto status = opener_.open<syncing::Status>(payload);
    if (status && status->appliance == appliance_) return take_status(*status);
    refused_.push_back(topic + ": " + (status ? "of another appliance" : status.error().what));
  } else if (topic == topics::checkpoints(terminal_, appliance_)) {
    const auto message = opener_.open<syncing::CheckpointMessage>(payload);
    const std::string wrong = message ? take_checkpoint(*message) : message.error().what;
    if (!wrong.empty()) refused_.push_back(topic + ": " + wrong);
  } else {
    refused_.push_back(topic + ": of an appliance that nobody knows");
  }
}

/// Gives what is wrong with it. A log only grows, and says the same of the same size for ever.
std::string Platform::take_checkpoint(const syncing::CheckpointMessage& message) {
  const auto checkpoint = audit::open_checkpoint(message.note, log_key_);
  if (!checkpoint) return checkpoint.error().what;
  if (message.appliance != appliance_ || !checkpoint->origin.ends_with("/" + message.journal_id))
    return "of another log";
  if (checkpoint_ && checkpoint_->origin == checkpoint->origin) {
    if (checkpoint->size < checkpoint_->size) return "the log was cut";
    if (checkpoint->size == checkpoint_->size && checkpoint->root != checkpoint_->root)
      return "the log was edited";
  }
  checkpoint_ = *checkpoint;
  return "";
}

void Platform::take_status(const syncing::Status& status) {
  if (!there_) return;
  const auto receipt = answer_to(status, book_, stream_);
  if (!receipt) return;
  send_batches(sent_ + 1);
  mqtt_.publish(topics::receipts(terminal_, appliance_), sealer_.seal(*receipt), false);
}

void Platform::take_event(const syncing::EventMessage& message) {
  const auto taken = book_.take(message);
  mqtt_.publish(topics::receipts(terminal_, appliance_), sealer_.seal(taken.receipt), false);
  if (taken.is_new && heard_) heard_(message);
}

/// A request that the broker delivers twice is answered once.
void Platform::answer(const syncing::Request& request) {
  if (!answered_.insert(request.ulid).second) return;
  switch (request.kind) {
    case syncing::RequestKind::snapshot:
      return send_snapshot();
    case syncing::RequestKind::updates:
      // Of an older epoch nothing is kept: a snapshot says all there is.
      return request.epoch == stream_.epoch() ? send_batches(request.from.value_or(1)) : send_snapshot();
    case syncing::RequestKind::refresh: {
      if (!request.refresh) return;
      const auto changes = stream_.named_by(*request.refresh, now_());
      if (changes.empty()) return;
      (void)stream_.append(changes);
      return send_batches(sent_ + 1);
    }
  }
}

void Platform::send_head() {
  syncing::Head head;
  head.epoch = stream_.epoch();
  head.sequence = stream_.sequence();
  head.snapshot_digest = snapshot_digest_;
  head.issued_at = now_();
  head.source_as_of = head.issued_at;
  mqtt_.publish(topics::head(terminal_), sealer_.seal(head), true);
}

void Platform::send_batches(std::int64_t first) {
  for (const auto& batch : stream_.since(first)) {
    mqtt_.publish(topics::updates(terminal_), sealer_.seal(batch), false);
    sent_ = std::max(sent_, batch.last);
  }
}

syncing::SealedSnapshot Platform::sealed_content() {
  constexpr std::size_t per_part = 16;  // small, so that a snapshot has several parts
  syncing::SnapshotManifest manifest;
  manifest.issued_at = now_();
  manifest.source_as_of = manifest.issued_at;
  manifest.ulid = syncing::make_ulid(manifest.issued_at);
  manifest.epoch = stream_.epoch();
  manifest.sequence = stream_.sequence();
  return syncing::seal_snapshot(sealer_, manifest, stream_.content(), per_part);
}

void Platform::send_snapshot() {
  const auto sealed = sealed_content();
  snapshot_digest_ = sealed.manifest.digest;
  for (std::size_t part = 0; part < sealed.messages.size(); ++part) {
    mqtt_.publish(topics::snapshot_part(terminal_, sealed.manifest.ulid, static_cast<int>(part)),
                  sealed.messages[part], false);
  }
}

void Platform::export_backup(const std::filesystem::path& file) {
  const std::lock_guard lock(mutex_);
  if (auto written = syncing::write_backup(file, sealed_content()); !written)
    throw std::runtime_error(written.error().what);
}

void Platform::beat(const std::stop_token& stop) {
  auto next = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (std::chrono::steady_clock::now() < next) continue;
    next += head_interval_;
    const std::lock_guard lock(mutex_);
    if (there_ && stream_.epoch() > 0) send_head();
  }
}

std::int64_t Platform::epoch() const {
  const std::lock_guard lock(mutex_);
  return stream_.epoch();
}

std::int64_t Platform::sequence() const {
  const std::lock_guard lock(mutex_);
  return stream_.sequence();
}

std::vector<syncing::EventMessage> Platform::events() const { return book().events(); }

EventBook Platform::book() const {
  const std::lock_guard lock(mutex_);
  return book_;
}

std::optional<audit::Checkpoint> Platform::checkpoint() const {
  const std::lock_guard lock(mutex_);
  return checkpoint_;
}

std::vector<std::string> Platform::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

void Platform::on_event(std::function<void(const syncing::EventMessage&)> heard) {
  const std::lock_guard lock(mutex_);
  heard_ = std::move(heard);
}

}  // namespace world
