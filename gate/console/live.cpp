#include "gate/console/live.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gate/canon/canon.hpp"
#include "gate/console/driver_view.hpp"
#include "gate/console/views.hpp"

namespace console {
namespace {

namespace asio = boost::asio;

constexpr auto pause = std::chrono::seconds(1);
constexpr int patience = 60;  // times that the end of a passage is asked for, a second apart
constexpr auto quiet = asio::as_tuple(asio::use_awaitable);

template <class Work>
auto run(Work work) -> asio::awaitable<decltype(work())> {
  co_return work();
}

}  // namespace

void Live::wake() {
  if (lanes_timer_ != nullptr) lanes_timer_->cancel();
}

asio::awaitable<void> Live::follow_lanes() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  lanes_timer_ = &timer;
  for (;;) {
    tick_();
    const Board::Changes changes = parts_.board.take();
    for (const ports::LaneView& view : changes.lanes) show(view);
    for (const std::string& id : changes.ended) ended_.push_back({id, 0});
    news_ = news_ || !changes.ended.empty();
    if (!changes.ended.empty() && ledger_timer_ != nullptr) ledger_timer_->cancel();
    parts_.metrics.live(parts_.hub.listening(), parts_.hub.dropped());
    if (!changes.lanes.empty()) continue;  // something may have come meanwhile
    timer.expires_after(pause);
    co_await timer.async_wait(quiet);
  }
}

void Live::show(const ports::LaneView& view) {
  parts_.metrics.lane(view);
  parts_.hub.publish("", "lane", lane_text(view));
  if (!view.passage.id.empty()) {
    std::string passage = passage_text(view.passage);
    if (passages_[view.lane] != passage) parts_.hub.publish("", "passage", passage);
    passages_[view.lane] = std::move(passage);
  }
  std::string display = display_text(view);
  if (displays_[view.lane] != display) parts_.hub.publish(view.lane, "display", display);
  displays_[view.lane] = std::move(display);
}

asio::awaitable<void> Live::follow_ledger() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  ledger_timer_ = &timer;
  for (;;) {
    news_ = false;
    co_await report_all_ended();
    co_await report_link();
    if (news_) continue;
    timer.expires_after(pause);
    co_await timer.async_wait(quiet);
  }
}

asio::awaitable<void> Live::report_all_ended() {
  std::deque<Ended> waiting;
  waiting.swap(ended_);
  for (Ended& passage : waiting) {
    const bool last_time = ++passage.asked == patience;
    const bool done = co_await report_ended(passage.id, last_time);
    if (!done && !last_time) ended_.push_back(std::move(passage));
  }
}

asio::awaitable<bool> Live::report_ended(std::string id, bool last_time) {
  auto work = [this, id] { return parts_.ledger.passage(id); };  // named: see Api::ask
  const auto record =
      co_await asio::co_spawn(parts_.ledger_thread, run(std::move(work)), asio::use_awaitable);
  if (!record || (record->ending == core::Ending::open && !last_time)) co_return false;
  parts_.metrics.ended(*record);
  parts_.hub.publish("", "passage", passage_text(*record));
  co_return true;
}

asio::awaitable<void> Live::report_link() {
  const core::Moment now = parts_.clock.now();
  auto work = [this, now] { return parts_.ledger.link(now); };
  const ports::LinkReport report =
      co_await asio::co_spawn(parts_.ledger_thread, run(std::move(work)), asio::use_awaitable);
  parts_.metrics.link(report, now);
  const std::string link = canon::write(report);
  const auto steady = std::chrono::steady_clock::now();
  if (link == link_ && steady - link_sent_ < parts_.options.limits.heartbeat) co_return;
  link_ = link;
  link_sent_ = steady;
  parts_.hub.publish(
      "", "link",
      status_text(parts_.options.site, parts_.options.version, now, report, parts_.board.lanes()));
}

}  // namespace console
