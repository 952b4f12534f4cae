// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <ostream>
#include <string_view>
#include <system_error>

namespace medusa {

/// Where a channel's bytes go.
class Sink {
 public:
  Sink() = default;
  virtual ~Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  Sink(Sink&&) = delete;
  Sink& operator=(Sink&&) = delete;

  virtual void write(std::string_view bytes) = 0;
  [[nodiscard]] virtual bool is_terminal() const = 0;
  /// Its width now, 0 if it does not know.
  [[nodiscard]] virtual std::size_t columns() const = 0;

  /// Why something could not be written, but for a reader that went away.
  [[nodiscard]] virtual std::error_code error() const { return {}; }
};

/// A file descriptor of the process. After the first failure everything is dropped.
class DescriptorSink final : public Sink {
 public:
  explicit DescriptorSink(int descriptor);

  void write(std::string_view bytes) override;

  [[nodiscard]] bool is_terminal() const override { return is_terminal_; }

  [[nodiscard]] std::size_t columns() const override;

  [[nodiscard]] std::error_code error() const override { return error_; }

 private:
  void fail(int number);

  int descriptor_;
  bool is_terminal_ = false;
  bool usable_ = true;
  std::error_code error_;
};

/// A stream of a test.
class StreamSink final : public Sink {
 public:
  StreamSink(std::ostream& stream, bool is_terminal, std::size_t columns)
      : stream_(stream),
        is_terminal_(is_terminal),
        columns_(columns) {}

  void write(std::string_view bytes) override { stream_ << bytes; }

  [[nodiscard]] bool is_terminal() const override { return is_terminal_; }

  [[nodiscard]] std::size_t columns() const override { return columns_; }

 private:
  std::ostream& stream_;
  bool is_terminal_;
  std::size_t columns_;
};

}  // namespace medusa
