// Reconciliation: what was granted without fresh data is compared once they are fresh, and what differs is
// put before people.
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "sync/journal/findings.hpp"
#include "sync/reconcile.hpp"
#include "sync/sync.hpp"

namespace syncing {
namespace {

constexpr int kClaimsAtOnce = 500;

void tell_findings(const std::vector<core::GateEvent>& events) {
  for (const auto& event : events)
    if (is_finding(event))
      spdlog::warn("right {} of container {}: {}", *event.release_id, event.equipment_number.value_or("?"),
                   event.text.value_or(""));
}

using Settled = boost::asio::awaitable<core::Result<void>>;

Settled write_settled(JournalWriter& writer, std::string ulid, core::GateEvent event) {
  co_return writer.settle(ulid, event);
}

}  // namespace

void Sync::reconcile(const core::Moment& now) {
  const auto claims = journal_reader_->unreconciled(kClaimsAtOnce);
  if (!claims) return spdlog::error("{}", claims.error().what);
  reconcile_due_ = false;
  if (claims->empty() && !reconciling_) return;
  reconciling_ = true;
  std::vector<std::pair<OfflineClaim, std::vector<std::string>>> compared;
  std::vector<core::Claim> done;
  for (const auto& granted : *claims) {
    const auto rights = replica_->rights({granted.claim.release_id}, {granted.claim.equipment_number});
    if (!rights) {
      replica_damaged_ = true;
      return;
    }
    compared.emplace_back(granted, differences(granted, *rights));
    done.push_back(granted.claim);
  }
  ports::JournalEntry entry;
  entry.events = reconciliation_events(compared, now.wall, standing(now));
  const bool more = claims->size() == static_cast<std::size_t>(kClaimsAtOnce);
  boost::asio::post(executors_.writing, [this, entry = std::move(entry), done = std::move(done), more] {
    const bool again = !write_compared(entry, done) || more;
    boost::asio::post(executors_.home, [this, again] { reconcile_due_ = reconciling_ = again; });
  });
}

/// What was found, and that it was, in one transaction: a stop tells neither twice nor never.
bool Sync::write_compared(const ports::JournalEntry& found, const std::vector<core::Claim>& compared) {
  auto written = recorder_->write();  // what came before
  if (written) written = journal_writer_->commit(found, compared);
  if (written)
    tell_findings(found.events);
  else
    spdlog::error("{}", written.error().what);
  return written.has_value();
}

core::Result<ports::FindingsReport> Sync::findings(int limit) { return journal_reader_->findings(limit); }

/// What was found stays on the record as it was; this comes after it.
Settled Sync::settle(std::string ulid, std::string by) {
  auto found = journal_reader_->finding(ulid);
  if (!found) co_return tl::unexpected(found.error());
  core::GateEvent dealt_with = std::move(*found);
  const core::Moment now = clock_.now();
  dealt_with.at = now.wall;
  dealt_with.standing = standing(now);
  dealt_with.text = "dealt with: " + dealt_with.text.value_or("");
  dealt_with.operators = {std::move(by)};
  auto write = write_settled(*journal_writer_, std::move(ulid), std::move(dealt_with));
  co_return co_await boost::asio::co_spawn(executors_.writing, std::move(write), boost::asio::use_awaitable);
}

}  // namespace syncing
