#include "gate/lane/scribe.hpp"

#include <utility>

namespace lane {

namespace asio = boost::asio;

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
    kept_.pop_front();
    ++dropped_;
  }
  kept_.push_back(std::move(entry));
  troubled_.ring();
}

asio::awaitable<core::Result<void>> Scribe::write_kept() {
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
  trouble_((refused ? "refused an entry: " : "does not write: ") + written.error().what);
  if (page.awaited) {
    tell_(core::RecordFailed{*page.awaited, written.error().what, refused});
  } else if (!refused) {
    keep(std::move(page.entry));
  }
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
