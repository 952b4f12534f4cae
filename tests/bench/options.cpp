// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace medusa {

namespace {

constexpr const char* kUsage =
    "usage: medusa_bench [--shop] [--dbmate] [--growth] [--plan] [--sql] [--smoke]\n"
    "                    [--runs N] [--slow-runs N] [--write FILE] [NUMBER OF MIGRATIONS]...\n"
    "  --shop, --dbmate, --growth   only these parts (default: all)\n"
    "  --plan, --sql                of growth: only what plans; SQL instead of TypeScript\n"
    "  --smoke                      everything once, and small: shows that it works, measures "
    "nothing\n"
    "  --write FILE                 the results as Markdown, besides printing them";

std::size_t number_from(const std::string& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0) {
    throw std::invalid_argument("'" + text + "' is no number of anything\n" + kUsage);
  }
  return number;
}

class Reader {
 public:
  explicit Reader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  BenchOptions read() {
    while (at_ < arguments_.size()) {
      take(arguments_[at_++]);
    }
    if (shop_ || dbmate_ || growth_) {
      options_.shop = shop_;
      options_.dbmate = dbmate_;
      options_.growth = growth_;
    }
    if (!sizes_.empty()) {
      options_.sizes = sizes_;
      options_.dbmate_sizes = sizes_;
    }
    return options_;
  }

 private:
  const std::string& value() {
    if (at_ == arguments_.size()) {
      throw std::invalid_argument(kUsage);
    }
    return arguments_[at_++];
  }

  void be_small() {
    options_.is_smoke = true;
    options_.runs = 1;
    options_.slow_runs = 1;
    options_.sizes = {20};
    options_.dbmate_sizes = {20};
  }

  void take(const std::string& argument) {
    if (argument == "--shop") {
      shop_ = true;
    } else if (argument == "--dbmate") {
      dbmate_ = true;
    } else if (argument == "--growth") {
      growth_ = true;
    } else if (argument == "--plan") {
      options_.only_plan = true;
    } else if (argument == "--sql") {
      options_.language = MigrationLanguage::Sql;
    } else if (argument == "--smoke") {
      be_small();
    } else if (argument == "--runs") {
      options_.runs = number_from(value());
    } else if (argument == "--slow-runs") {
      options_.slow_runs = number_from(value());
    } else if (argument == "--write") {
      options_.file = value();
    } else if (argument.starts_with('-')) {
      throw std::invalid_argument(kUsage);
    } else {
      sizes_.push_back(number_from(argument));
    }
  }

  const std::vector<std::string>& arguments_;
  std::size_t at_ = 0;
  BenchOptions options_ = {};
  bool shop_ = false;
  bool dbmate_ = false;
  bool growth_ = false;
  std::vector<std::size_t> sizes_ = {};
};

}  // namespace

BenchOptions BenchOptions::of(const std::vector<std::string>& arguments) {
  return Reader(arguments).read();
}

}  // namespace medusa
