#include "gate/lane/lane.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gate/lane/body.hpp"
#include "gate/lane/view.hpp"

namespace lane {

namespace asio = boost::asio;

// The commander and the scribe speak from coroutines of this lane's nursery, which the body outlives.
Lane::Body::Body(asio::any_io_executor runs_on, Parts made_of)
    : executor(std::move(runs_on)),
      parts(std::move(made_of)),
      last_progress(parts.clock.now().steady),
      inbox_(executor),
      nursery_(executor, [this](const std::string& what) { trouble("lane", what); }),
      scribe_(
          executor, parts.journal, parts.clock, [this](core::Event event) { put(std::move(event)); },
          [this](const std::string& why) { trouble("journal", why); }),
      commander_(executor, parts.barrier,
                 [this](core::Command command, const core::Result<void>& sent) { commanded(command, sent); }),
      finish_(executor) {
  passage_.lane = parts.name;
  passage_.direction = parts.direction;
  passage_.timers = parts.timers;
}

void Lane::Body::put(core::Event event) { inbox_.put(Item{std::move(event), 0, nullptr}); }

/// The lane in one place: await an event, decide, carry out.
asio::awaitable<void> Lane::Body::work() {
  for (;;) {
    const Item item = co_await inbox_.take();
    if (!broken_) last_progress = parts.clock.now().steady;
    if (item.event) handle(item);
  }
}

void Lane::Body::handle(const Item& item) {
  const auto* fired = std::get_if<core::TimerFired>(&*item.event);
  if (fired && timers_[fired->timer].run != item.timer_run) return;  // stopped after it had rung
  answer_.reset();
  todo_.push_back(*item.event);
  while (!todo_.empty()) {
    const core::Event event = std::move(todo_.front());
    todo_.pop_front();
    step(event);
  }
  publish();
  if (!item.reply) return;
  item.reply->answer = answer_;
  item.reply->bell.ring();
}

void Lane::Body::publish() {
  if (passage_.id != noted_for_) {
    noted_for_ = passage_.id;
    noted_.clear();
  }
  std::string all;
  for (const auto& [device, why] : troubles_)
    all.append(all.empty() ? "" : "; ").append(device).append(": ").append(why);
  parts.board.show(view_of(passage_, commander_.shown(), all, parts.records.standing(parts.clock.now())));
}

asio::awaitable<void> Lane::Body::run() {
  running_ = true;
  commander_.show(core::Lamp::red);
  nursery_.spawn(essential(commander_.work()));
  nursery_.spawn(essential(scribe_.work()));
  nursery_.spawn(essential(scribe_.retry()));
  nursery_.spawn(essential(work()));
  nursery_.spawn(essential(feed_contacts()));
  nursery_.spawn(essential(feed_reads()));
  nursery_.spawn(essential(feed_beats()));
  publish();
  while (!finished_) co_await finish_.wait();
  running_ = false;
  co_await nursery_.clear();
  for (const Item& item : inbox_.rest()) {
    if (item.reply) item.reply->bell.ring();
  }
}

/// A loop that ends by a bug ends the lane's heartbeat too: the watchdog is to start the daemon again.
asio::awaitable<void> Lane::Body::essential(asio::awaitable<void> loop) {
  try {
    co_await std::move(loop);
  } catch (const std::exception&) {
    broken_ = running_;
    throw;
  }
}

asio::awaitable<Answered> Lane::Body::decide(core::OperatorDecision decision) {
  if (!running_) co_return core::fail(core::Fault::refused, "the lane does not run");
  const auto reply = std::make_shared<Reply>(executor);
  inbox_.put(Item{core::Event{core::OperatorDecides{std::move(decision)}}, 0, reply});
  while (!reply->answer && running_) co_await reply->bell.wait();
  if (reply->answer) co_return *reply->answer;
  co_return core::fail(core::Fault::refused, "the lane stopped");
}

asio::awaitable<void> Lane::Body::flush() {
  co_await scribe_.drained();
  co_await commander_.drained();
}

asio::awaitable<void> Lane::Body::finish_after(asio::awaitable<void> work) {
  co_await std::move(work);
  finished_ = true;
  finish_.ring();
}

asio::awaitable<void> Lane::Body::stop(core::Milliseconds patience) {
  if (!running_) co_return;
  handle(Item{core::Event{core::Stopping{}}, 0, nullptr});
  nursery_.spawn(finish_after(parts.clock.until(parts.clock.now().steady + patience)));
  nursery_.spawn(finish_after(flush()));
  while (!finished_) co_await finish_.wait();
}

Lane::Lane(asio::any_io_executor executor, Parts parts)
    : body_(std::make_shared<Body>(std::move(executor), std::move(parts))) {}
Lane::~Lane() = default;

asio::awaitable<void> Lane::run() {
  const auto body = body_;
  co_await body->run();
}

asio::awaitable<Answered> Lane::decide(core::OperatorDecision decision) {
  const auto body = body_;
  co_return co_await asio::co_spawn(body->executor, body->decide(std::move(decision)), asio::use_awaitable);
}

asio::awaitable<void> Lane::stop(core::Milliseconds patience) {
  const auto body = body_;
  co_await asio::co_spawn(body->executor, body->stop(patience), asio::use_awaitable);
}

const std::string& Lane::name() const { return body_->parts.name; }

core::SteadyTime Lane::last_progress() const { return body_->last_progress; }

Desk::Desk(std::vector<Lane*> lanes) : lanes_(std::move(lanes)) {}

asio::awaitable<Answered> Desk::decide(core::OperatorDecision decision) {
  for (Lane* lane : lanes_) {
    if (lane->name() == decision.lane) co_return co_await lane->decide(std::move(decision));
  }
  co_return core::fail(core::Fault::not_found, "no lane is called '" + decision.lane + "'");
}

}  // namespace lane
