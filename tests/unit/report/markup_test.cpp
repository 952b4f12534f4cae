// SPDX-License-Identifier: MIT
#include "markup.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("escaped text can end neither an element nor an attribute", "[report]") {
  CHECK(escaped("</script> & \"a\" 'b'") == "&lt;/script&gt; &amp; &quot;a&quot; &#39;b&#39;");
}

TEST_CASE("escaped text shows what would not be seen", "[report]") {
  CHECK(escaped("a\x01"
                "b\xff\xe2\x80\xae"
                "c") == "a?b??c");  // a bidirectional override
  CHECK(escaped("a\nb", true) == "a\nb");
  CHECK(escaped("a\nb") == "a b");
}

TEST_CASE("a template's values are not templates", "[report]") {
  CHECK(filled("<{{a}}|{{b}}>", {{"a", "{{b}}"}, {"b", "}}{{a}}"}}) == "<{{b}}|}}{{a}}>");
  CHECK(filled("nothing {{ open", {}) == "nothing {{ open");
}

TEST_CASE("lengths are short and never in a locale's form", "[report]") {
  CHECK(number(12) == "12");
  CHECK(number(0.5) == "0.5");
  CHECK(number(-1.239) == "-1.24");
  CHECK(number(100) == "100");
}

}  // namespace medusa
