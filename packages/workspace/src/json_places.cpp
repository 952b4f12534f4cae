// SPDX-License-Identifier: MIT
#include "json_places.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace medusa {

namespace {

using nlohmann::json;

/// Reads the text and tells how much of it was read.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}

  reference operator*() const { return *at_; }

  CountingIterator& operator++() {
    *furthest_ = ++at_;
    return *this;
  }

  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }

  friend bool operator==(const CountingIterator& a, const CountingIterator& b) {
    return a.at_ == b.at_;
  }

 private:
  const char* at_;
  const char** furthest_;
};

/// Listens to the parser. It reports a value when it has read it, so between what it had read at
/// the last report and the value's beginning there are only blanks and separators.
class PlaceRecorder : public nlohmann::json_sax<json> {
 public:
  PlaceRecorder(std::string_view text, const char* const* furthest)
      : text_(text),
        furthest_(furthest) {}

  [[nodiscard]] std::map<std::string, std::size_t> take() { return std::move(places_); }

  bool null() override { return scalar(); }

  bool boolean(bool /*value*/) override { return scalar(); }

  bool number_integer(std::int64_t /*value*/) override { return scalar(); }

  bool number_unsigned(std::uint64_t /*value*/) override { return scalar(); }

  bool number_float(double /*value*/, const std::string& /*text*/) override { return scalar(); }

  bool string(std::string& /*value*/) override { return scalar(); }

  bool binary(json::binary_t& /*value*/) override { return scalar(); }

  bool start_object(std::size_t /*size*/) override { return open(false); }

  bool start_array(std::size_t /*size*/) override { return open(true); }

  bool key(std::string& name) override {
    levels_.back().step = escaped(name);
    places_[pointer() + '#'] = take_place();
    return true;
  }

  bool end_object() override { return close(); }

  bool end_array() override { return close(); }

  bool parse_error(std::size_t /*position*/,
                   const std::string& /*token*/,
                   const json::exception& /*error*/) override {
    return false;
  }

 private:
  struct Level {
    bool is_array = false;
    std::size_t index = 0;
    std::string step = {};
  };

  static std::string escaped(const std::string& name) {
    std::string text;
    for (const char c : name) {
      text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return text;
  }

  [[nodiscard]] std::string pointer() const {
    std::string text;
    for (const Level& level : levels_) {
      text += '/' + (level.is_array ? std::to_string(level.index) : level.step);
    }
    return text;
  }

  std::size_t take_place() {
    const std::size_t begin = std::min(text_.find_first_not_of(" \t\r\n,:", read_), text_.size());
    read_ = static_cast<std::size_t>(*furthest_ - text_.data());
    return begin;
  }

  bool scalar() {
    places_[pointer()] = take_place();
    next();
    return true;
  }

  bool open(bool is_array) {
    places_[pointer()] = take_place();
    levels_.push_back({.is_array = is_array});
    return true;
  }

  bool close() {
    levels_.pop_back();
    take_place();
    next();
    return true;
  }

  void next() {
    if (!levels_.empty()) {
      ++levels_.back().index;
    }
  }

  std::string_view text_;
  const char* const* furthest_;
  std::size_t read_ = 0;
  std::vector<Level> levels_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

Location json_place(const std::filesystem::path& file, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const std::string_view in_line = before.substr(line_begin);
  const auto characters = std::count_if(in_line.begin(), in_line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  });
  std::string_view line = text.substr(line_begin);
  line = line.substr(0, line.find_first_of("\r\n"));
  return {.file = file,
          .line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          .column = static_cast<int>(characters) + 1,
          .text = std::string(line)};
}

std::map<std::string, std::size_t> json_places(std::string_view text) {
  const char* furthest = text.data();
  PlaceRecorder recorder(text, &furthest);
  json::sax_parse(CountingIterator(text.data(), &furthest),
                  CountingIterator(text.data() + text.size(), &furthest),
                  &recorder);
  return recorder.take();
}

}  // namespace medusa
