#include "gate/console/api.hpp"

#include <charconv>
#include <cstdint>
#include <limits>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gate/canon/canon.hpp"
#include "gate/console/driver_view.hpp"
#include "gate/console/pages.hpp"
#include "gate/console/views.hpp"

namespace console {
namespace {

namespace asio = boost::asio;

Response text_response(std::string type, std::string_view body) {
  Response response;
  response.type = std::move(type);
  response.body = body;
  return response;
}

Response json_response(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

std::string type_of_file(std::string_view name) {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  return "image/svg+xml; charset=utf-8";
}

std::string type_of_picture(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n")) return "image/png";
  return "application/octet-stream";
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

core::Result<std::int64_t> query_number(std::string_view query, std::string_view key, std::int64_t usual,
                                        std::int64_t least, std::int64_t most) {
  const auto text = query_value(query, key);
  if (!text) return usual;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error == std::errc() && end == text->data() + text->size() && number >= least && number <= most)
    return number;
  return core::fail(core::Fault::malformed, std::string(key) + ": a number from " + std::to_string(least) +
                                                " to " + std::to_string(most));
}

Response no_lane(const std::string& name) { return failure(404, "not_found", "no lane is named " + name); }

Response busy() {
  Response response = failure(503, "busy", "as many live clients as may are connected");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

/// Counts a decision under way for as long as it lives.
class Counted {
 public:
  explicit Counted(std::atomic<int>& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::atomic<int>& count_;
};

template <class Work>
auto on_this_thread(Work work) -> asio::awaitable<decltype(work())> {
  co_return work();
}

}  // namespace

// `work` always has a name of its own: g++ 12 destroys a lambda's captures twice where the lambda stands
// within the awaiting expression.
template <class Work>
auto Api::ask(Work work) -> asio::awaitable<decltype(work())> {
  co_return co_await asio::co_spawn(parts_.ledger_thread, on_this_thread(std::move(work)),
                                    asio::use_awaitable);
}

asio::awaitable<Response> Api::handle(Request request) {
  Response response;
  try {
    response = co_await route(std::move(request));
  } catch (const std::exception&) {
    response = failure(500, "broken", "the request could not be carried out");
  }
  harden(response);
  parts_.metrics.answered(response.status);
  co_return response;
}

asio::awaitable<Response> Api::route(Request request) {
  if (auto refusal = turn_away(request, port_)) co_return std::move(*refusal);
  const bool head = request.method == "HEAD";
  std::string allowed;
  for (const Route& candidate : routes()) {
    auto name = match(candidate.path, request.path);
    if (!name) continue;
    if (candidate.method != (head ? std::string_view("GET") : std::string_view(request.method))) {
      allowed += (allowed.empty() ? "" : ", ") +
                 std::string(candidate.method == "GET" ? "GET, HEAD" : candidate.method);
      continue;
    }
    auto person = identify(request, tokens_);
    if (!person) {
      Response refusal = failure(401, "unauthorized", person.error().what);
      refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
      co_return refusal;
    }
    if (auto refusal = forbid(candidate.access, *person)) co_return std::move(*refusal);
    Call call{std::move(request), std::move(*person), std::move(*name)};
    co_return co_await (this->*candidate.answer)(std::move(call));
  }
  if (allowed.empty()) co_return failure(404, "not_found", "there is nothing here; see openapi.yaml");
  Response refusal = failure(405, "method_not_allowed", "allowed here: " + allowed);
  refusal.headers.emplace_back("Allow", allowed);
  co_return refusal;
}

asio::awaitable<Response> Api::page(Call) {
  co_return text_response("text/html; charset=utf-8", console::page_file("index.html"));
}

asio::awaitable<Response> Api::page_file(Call call) {
  const std::string_view bytes = console::page_file(call.name);
  if (bytes.empty()) co_return failure(404, "not_found", "the page has no such file");
  co_return text_response(type_of_file(call.name), bytes);
}

asio::awaitable<Response> Api::driver_page(Call call) {
  if (!parts_.board.lane(call.name)) co_return no_lane(call.name);
  co_return text_response("text/html; charset=utf-8", console::page_file("driver.html"));
}

asio::awaitable<Response> Api::health(Call) {
  co_return json_response(object_text({{"status", "ok"}, {"version", parts_.options.version}}));
}

asio::awaitable<Response> Api::metrics(Call) {
  co_return text_response("text/plain; version=0.0.4; charset=utf-8", parts_.metrics.text());
}

asio::awaitable<std::string> Api::status_text() {
  const core::Moment now = parts_.clock.now();
  auto work = [this, now] { return parts_.ledger.link(now); };
  const ports::LinkReport link = co_await ask(std::move(work));
  co_return console::status_text(parts_.options.site, parts_.options.version, now, link,
                                 parts_.board.lanes());
}

asio::awaitable<Response> Api::status(Call) {
  std::string text = co_await status_text();
  co_return json_response(std::move(text));
}

asio::awaitable<Response> Api::person(Call call) {
  co_return json_response(object_text({{"name", call.person.name}, {"role", role_name(call.person.role)}}));
}

asio::awaitable<Response> Api::lanes(Call) { co_return json_response(lanes_text(parts_.board.lanes())); }

asio::awaitable<Response> Api::lane(Call call) {
  const auto view = parts_.board.lane(call.name);
  if (!view) co_return no_lane(call.name);
  co_return json_response(lane_text(*view));
}

asio::awaitable<Response> Api::decide(Call call) {
  if (!call.request.content_type || !call.request.content_type->starts_with("application/json")) {
    co_return failure(415, "unsupported_media_type", "Content-Type must be application/json");
  }
  if (!parts_.board.lane(call.name)) co_return no_lane(call.name);
  auto decision = read_decision(call.request.body, call.name, call.person);
  if (!decision) co_return failure(decision.error());
  const Counted counted(deciding_);
  if (closed_) co_return failure(503, "broken", "the gate is being shut down");
  const auto answer = co_await asio::co_spawn(parts_.options.lanes, parts_.desk.decide(std::move(*decision)),
                                              asio::use_awaitable);
  if (!answer) co_return failure(answer.error());
  const bool accepted = *answer == core::DecisionAnswer::accepted;
  Response response =
      json_response(object_text({{"answer", accepted ? "accepted" : "second_person_needed"}}));
  response.status = accepted ? 200 : 202;
  co_return response;
}

asio::awaitable<Response> Api::passages(Call call) {
  const auto limit = query_number(call.request.query, "limit", 50, 1, 500);
  if (!limit) co_return failure(limit.error());
  const std::string before = query_value(call.request.query, "before").value_or("");
  if (before.size() > 64) co_return failure(400, "malformed", "before: the id of a passage");
  auto work = [this, limit = static_cast<int>(*limit), before] {
    return parts_.ledger.passages(limit, before);
  };
  const auto records = co_await ask(std::move(work));
  if (!records) co_return failure(records.error());
  co_return json_response(passages_text(*records));
}

asio::awaitable<Response> Api::passage(Call call) {
  auto work = [this, id = call.name] { return parts_.ledger.passage(id); };
  const auto record = co_await ask(std::move(work));
  if (!record) co_return failure(record.error());
  co_return json_response(passage_text(*record));
}

asio::awaitable<Response> Api::cases(Call call) {
  auto work = [this, id = call.name] { return parts_.ledger.cases(id); };
  const auto cases = co_await ask(std::move(work));
  if (!cases) co_return failure(cases.error());
  std::string text = "[";
  for (const std::string& one : *cases)
    text += (text.size() > 1 ? "," : "") + one;  // canonical as they are kept
  co_return json_response(text + "]");
}

asio::awaitable<Response> Api::audit_log(Call call) {
  auto work = [this, journal = query_value(call.request.query, "journal").value_or("")] {
    return parts_.ledger.log_head(journal);
  };
  const auto head = co_await ask(std::move(work));
  if (!head) co_return failure(head.error());
  co_return json_response(canon::write(*head));
}

asio::awaitable<Response> Api::audit_leaves(Call call) {
  const auto limit = query_number(call.request.query, "limit", 500, 1, 1000);
  const auto after = query_number(call.request.query, "after", 0, 0, std::numeric_limits<int>::max());
  if (!limit) co_return failure(limit.error());
  if (!after) co_return failure(after.error());
  auto work = [this, after = *after, limit = static_cast<int>(*limit),
               journal = query_value(call.request.query, "journal").value_or("")] {
    return parts_.ledger.leaves(journal, after, limit);
  };
  const auto leaves = co_await ask(std::move(work));
  if (!leaves) co_return failure(leaves.error());
  co_return json_response(canon::write(*leaves));
}

asio::awaitable<Response> Api::picture(Call call) {
  if (!is_digest(call.name))
    co_return failure(400, "malformed", "a picture is named by 64 lower-case hex digits");
  auto work = [this, digest = call.name] { return parts_.ledger.picture(digest); };
  const auto bytes = co_await ask(std::move(work));
  if (!bytes) co_return failure(bytes.error());
  co_return text_response(type_of_picture(*bytes), *bytes);
}

template <class Ask>
asio::awaitable<Response> Api::list(Call call, Ask question) {
  const auto limit = query_number(call.request.query, "limit", 50, 1, 500);
  if (!limit) co_return failure(limit.error());
  auto work = [question, limit = static_cast<int>(*limit)] { return question(limit); };
  const auto answer = co_await ask(std::move(work));
  if (!answer) co_return failure(answer.error());
  co_return json_response(canon::write(*answer));
}

asio::awaitable<Response> Api::parked(Call call) {
  auto question = [this](int limit) { return parts_.backlog.parked(limit); };
  co_return co_await list(std::move(call), question);
}

asio::awaitable<Response> Api::outbox(Call call) {
  auto question = [this](int limit) { return parts_.backlog.outbox(limit); };
  co_return co_await list(std::move(call), question);
}

asio::awaitable<Response> Api::findings(Call call) {
  auto question = [this](int limit) { return parts_.backlog.findings(limit); };
  co_return co_await list(std::move(call), question);
}

asio::awaitable<Response> Api::settle(Call call) {
  const Counted counted(deciding_);
  if (closed_) co_return failure(503, "broken", "the gate is being shut down");
  auto work = parts_.backlog.settle(std::move(call.name), std::move(call.person.name));
  const auto settled = co_await asio::co_spawn(parts_.ledger_thread, std::move(work), asio::use_awaitable);
  if (!settled) co_return failure(settled.error());
  co_return json_response(object_text({{"answer", "accepted"}}));
}

asio::awaitable<Response> Api::told(asio::awaitable<core::Result<ports::BackupReport>> work) {
  const Counted counted(deciding_);
  if (closed_) co_return failure(503, "broken", "the gate is being shut down");
  const auto report = co_await std::move(work);
  if (report) {
    Response response = json_response(canon::write(*report));
    if (report->second_person_needed) response.status = 202;
    co_return response;
  }
  if (report.error().fault == core::Fault::corrupt) co_return failure(422, "corrupt", report.error().what);
  co_return failure(report.error());
}

asio::awaitable<Response> Api::import_backup(Call call) {
  return told(parts_.backups.import(std::move(call.request.upload),
                                    {std::move(call.person.name), call.person.named}));
}

asio::awaitable<Response> Api::inspect_backup(Call call) {
  return told(parts_.backups.inspect(std::move(call.request.upload)));
}

asio::awaitable<Response> Api::live(Call call) {
  Response response;
  response.type = "text/event-stream";
  if (call.request.method == "HEAD") co_return response;
  std::string status = co_await status_text();
  response.stream = parts_.hub.subscribe("");
  if (!response.stream) co_return busy();
  parts_.hub.send(*response.stream, "link", status);
  for (const ports::LaneView& view : parts_.board.lanes())
    parts_.hub.send(*response.stream, "lane", lane_text(view));
  co_return response;
}

asio::awaitable<Response> Api::driver_live(Call call) {
  const auto view = parts_.board.lane(call.name);
  if (!view) co_return no_lane(call.name);
  Response response;
  response.type = "text/event-stream";
  if (call.request.method == "HEAD") co_return response;
  response.stream = parts_.hub.subscribe(call.name);
  if (!response.stream) co_return busy();
  parts_.hub.send(*response.stream, "display", display_text(*view));
  co_return response;
}

}  // namespace console
