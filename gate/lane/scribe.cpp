#include "gate/lane/scribe.hpp"

#include <utility>

#include <spdlog/spdlog.h>

namespace lane {

namespace asio = boost::asio;
namespace {

std::string words_of(std::size_t lost) {
  return std::to_string(lost) + " entries are lost: nothing was taken for too long";
}

std::optional<std::string> lane_of(const ports::JournalEntry& entry) {
  if (entry.passage) return entry.passage->lane;
  return entry.events.empty() ? std::nullopt : entry.events.front().lane;
}

}  // namespace

Scribe::Scribe(const asio::any_io_executor& executor, ports::Journal& journal, ports::Clock& clock,
               std::function<void(core::Event)> tell, std::function<void(std::string)> trouble)
    : journal_(journal),
      clock_(clock),
      tell_(std::move(tell)),
      trouble_(std::move(trouble)),
      inbox_(executor),
      troubled_(executor),
      free_(executor) {}

void Scribe::write(ports::JournalEntry entry, std::optional<int> awaited_revision) {
  inbox_.put(Page{std::move(entry), awaited_revision});
}

asio::awaitable<void> Scribe::drained() {
  while (inbox_.size() > 0 || writing_) co_await free_.wait();
}

void Scribe::keep(ports::JournalEntry entry) {
  if (kept_.size() >= most_kept) {
    if (lost_ == 0) {
      lost_lane_ = lane_of(kept_.front());
      spdlog::error("journal of lane {}: {} entries wait for the disk, the oldest are being lost",
                    lost_lane_.value_or("?"), most_kept);
    }
    kept_.pop_front();
    ++lost_;
  }
  kept_.push_back(std::move(entry));
  troubled_.ring();
}

asio::awaitable<core::Result<void>> Scribe::write_loss() {
  ports::JournalEntry entry;
  core::GateEvent& event = entry.events.emplace_back();
  event.at = clock_.now().wall;
  event.lane = lost_lane_;
  event.text = "journal: " + words_of(lost_);
  auto written = co_await journal_.commit(std::move(entry));
  if (written || written.error().fault == core::Fault::refused) lost_ = 0;
  co_return written;
}

asio::awaitable<core::Result<void>> Scribe::write_kept() {
  if (lost_ > 0) {
    // Nothing is dropped meanwhile: entries are only kept between two calls of this.
    auto written = co_await write_loss();
    if (!written) co_return written;
  }
  while (!kept_.empty()) {
    auto written = co_await journal_.commit(kept_.front());
    // What the journal refuses now it refuses for ever; said once, it must not stop the rest.
    if (!written && written.error().fault != core::Fault::refused) co_return written;
    if (!written) trouble_("refused an entry: " + written.error().what);
    kept_.pop_front();
  }
  co_return core::Result<void>{};
}

asio::awaitable<void> Scribe::write_page(Page page) {
  auto written = co_await write_kept();
  const bool reached = written.has_value();
  if (reached) written = co_await journal_.commit(page.entry);
  if (written) {
    trouble_("");
    if (page.awaited) tell_(core::Recorded{*page.awaited});
    co_return;
  }
  const bool refused = reached && written.error().fault == core::Fault::refused;
  if (page.awaited) {
    tell_(core::RecordFailed{*page.awaited, written.error().what, refused});
  } else if (!refused) {
    keep(std::move(page.entry));
  }
  trouble_((refused ? "refused an entry: " : "does not write: ") + written.error().what +
           (lost_ > 0 ? "; " + words_of(lost_) : ""));
}

asio::awaitable<void> Scribe::work() {
  for (;;) {
    auto page = co_await inbox_.take();
    writing_ = true;
    if (page) {
      co_await write_page(std::move(*page));
    } else if (co_await write_kept()) {
      trouble_("");
    }
    writing_ = false;
    free_.ring();
  }
}

asio::awaitable<void> Scribe::retry() {
  for (;;) {
    while (kept_.empty()) co_await troubled_.wait();
    co_await clock_.until(clock_.now().steady + retry_after);
    inbox_.put(std::nullopt);
  }
}

}  // namespace lane
