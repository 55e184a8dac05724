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
  const std::string journal = journal_id();
  const auto newest = journal_reader_->checkpoints(journal, 1);
  if (!newest || newest->empty()) return;
  CheckpointMessage message;
  message.appliance = settings_.appliance;
  message.journal_id = journal;
  message.note = newest->front();
  send(topics::checkpoints(settings_.stream.terminal, settings_.appliance), message);
}

core::Result<std::string> Sync::log_named(const std::string& journal) const {
  const Lineage lineage = journal_writer_->lineage();
  if (journal.empty() || journal == lineage.journal_id) return lineage.journal_id;
  const bool known = std::any_of(lineage.earlier.begin(), lineage.earlier.end(),
                                 [&journal](const EventsUpTo& one) { return one.journal_id == journal; });
  if (known) return journal;
  return core::fail(core::Fault::not_found, "no log of such a journal is here");
}

core::Result<std::vector<audit::Leaf>> Sync::leaves(const std::string& journal, std::int64_t after,
                                                    int limit) {
  if (limit < 1 || limit > 1000) return core::fail(core::Fault::malformed, "limit: 1 to 1000 allowed");
  const auto log = log_named(journal);
  if (!log) return tl::unexpected(log.error());
  return journal_reader_->leaves(*log, after, limit);
}

core::Result<audit::LogHead> Sync::log_head(const std::string& journal) {
  constexpr int most = 500;
  const auto log = log_named(journal);
  if (!log) return tl::unexpected(log.error());
  auto notes = journal_reader_->checkpoints(*log, most);
  if (!notes) return tl::unexpected(notes.error());
  audit::LogHead head{.verifier = audit::verifier_text(audit_signer().verifier),
                      .checkpoints = std::move(*notes),
                      .damage = log_damage_,
                      .journal = *log,
                      .earlier = {}};
  for (const auto& one : journal_writer_->lineage().earlier) head.earlier.push_back(one.journal_id);
  return head;
}

}  // namespace syncing
