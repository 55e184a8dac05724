// The audit log's checkpoints: signed, kept, and told to the platform, who can hold this gate to them.
#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "sync/sync.hpp"
#include "sync/wire/topics.hpp"

namespace syncing {

AuditSigner Sync::audit_signer() const {
  const std::string name = "gatehouse/" + settings_.stream.terminal + "/" + settings_.appliance;
  return {.origin = name + "/" + journal_id(),
          .verifier = {.name = name, .key = own_.public_key()},
          .sign = [key = own_](std::string_view text) { return key.sign(text); }};
}

void Sync::watch_log(const core::Moment& now) {
  if (signing_ || now.steady < next_checkpoint_) return;
  next_checkpoint_ = now.steady + checkpoint_interval;
  signing_ = true;
  boost::asio::post(executors_.writing, [this] {
    const auto note = journal_writer_->sign_log(audit_signer());
    if (!note) spdlog::error("{}", note.error().what);
    boost::asio::post(executors_.home, [this, is_new = note && *note] {
      signing_ = false;
      if (is_new) send_checkpoint();
    });
  });
}

void Sync::send_checkpoint() {
  const auto newest = journal_reader_->checkpoints(1);
  if (!newest || newest->empty()) return;
  CheckpointMessage message;
  message.appliance = settings_.appliance;
  message.journal_id = journal_id();
  message.note = newest->front();
  send(topics::checkpoints(settings_.stream.terminal, settings_.appliance), message);
}

core::Result<std::vector<audit::Leaf>> Sync::leaves(std::int64_t after, int limit) {
  if (limit < 1 || limit > 1000) return core::fail(core::Fault::malformed, "limit: 1 to 1000 allowed");
  return journal_reader_->leaves(after, limit);
}

core::Result<audit::LogHead> Sync::log_head() {
  constexpr int most = 500;
  auto notes = journal_reader_->checkpoints(most);
  if (!notes) return tl::unexpected(notes.error());
  return audit::LogHead{.verifier = audit::verifier_text(audit_signer().verifier),
                        .checkpoints = std::move(*notes),
                        .damage = log_damage_};
}

}  // namespace syncing
