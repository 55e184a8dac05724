#include "config/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace config {
namespace {

constexpr std::array<std::pair<std::string_view, long long>, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}}};

constexpr long long longest = 36'500LL * 86'400'000;

template <class T>
std::optional<T> whole_number(std::string_view text) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.starts_with('-')) return std::nullopt;
  return value;
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

bool is_address_character(char c) {
  return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

}  // namespace

std::optional<Milliseconds> parse_duration(std::string_view text) {
  const std::size_t unit_at = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = whole_number<long long>(text.substr(0, unit_at));
  const auto unit = std::find_if(units.begin(), units.end(),
                                 [&text, unit_at](const auto& u) { return u.first == text.substr(unit_at); });
  if (!count || unit == units.end() || *count > longest / unit->second) return std::nullopt;
  return Milliseconds(*count * unit->second);
}

std::string duration_text(Milliseconds duration) {
  if (duration.count() == 0) return "0s";
  const auto unit = std::find_if(units.begin(), units.end(),
                                 [duration](const auto& u) { return duration.count() % u.second == 0; });
  return std::to_string(duration.count() / unit->second) + std::string(unit->first);
}

std::optional<Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  const auto port = whole_number<int>(text.substr(colon + 1));
  if (!port || *port < 1 || *port > 65535) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || host.size() > 253) return std::nullopt;
  if (!std::all_of(host.begin(), host.end(), bracketed ? is_address_character : is_host_character))
    return std::nullopt;
  return Endpoint{std::string(host), *port};
}

std::string endpoint_text(const Endpoint& endpoint) {
  const bool six = endpoint.host.find(':') != std::string::npos;
  return (six ? "[" + endpoint.host + "]" : endpoint.host) + ":" + std::to_string(endpoint.port);
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "::1") return true;
  if (!host.starts_with("127.")) return false;
  int parts = 0;
  for (std::string_view rest = host; !rest.empty(); ++parts) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const auto part = whole_number<int>(rest.substr(0, dot));
    if (!part || *part > 255) return false;
    if (dot + 1 == rest.size()) return false;  // ends with a dot
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return parts == 4;
}

bool is_key_hex(std::string_view text) {
  const auto hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  return text.size() == 64 && std::all_of(text.begin(), text.end(), hex);
}

}  // namespace config
