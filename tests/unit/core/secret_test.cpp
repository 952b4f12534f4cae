// SPDX-License-Identifier: MIT
#include "medusa/core/secret.hpp"

#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace medusa {

namespace {

using Cases = std::vector<std::pair<std::string, std::string>>;

void check(const Cases& cases) {
  for (const auto& [given, masked] : cases) {
    CHECK(mask_password(given) == masked);
  }
}

}  // namespace

TEST_CASE("the password of a URL's user is masked", "[core]") {
  check({{"postgres://u:secret@h/db", "postgres://u:***@h/db"},
         {"postgresql://u:secret@h:5432/db?sslmode=require",
          "postgresql://u:***@h:5432/db?sslmode=require"},
         {"postgres://u:s%40cret@h/db", "postgres://u:***@h/db"},
         {"postgres://:secret@h/db", "postgres://:***@h/db"},
         {"postgres://u:@h/db", "postgres://u:***@h/db"},
         {"postgres://u:a:b@h/db", "postgres://u:***@h/db"},
         {"postgres://u:secret@[::1]:5432/db", "postgres://u:***@[::1]:5432/db"},
         {"postgres://u:secret@a:1,b:2,c/db", "postgres://u:***@a:1,b:2,c/db"},
         {"postgres://u:secret@/db?host=/run", "postgres://u:***@/db?host=/run"},
         {"mysql://u:secret@h/db", "mysql://u:***@h/db"}});
}

TEST_CASE("a password with unescaped separators is masked as a whole", "[core]") {
  check({{"postgres://u:se@cret@h/db", "postgres://u:***@h/db"},
         {"postgres://u:se/cret@h/db", "postgres://u:***@h/db"},
         {"postgres://u:se@cr/et@h/db", "postgres://u:***@h/db"},
         {"postgres://u:se?cret@h/db", "postgres://u:***@h/db"},
         {"postgres://u:s@e?c=ret@h/db", "postgres://u:***@h/db"},
         {"postgres://u:s#e&c r@h/db", "postgres://u:***@h/db"}});
}

TEST_CASE("password parameters of a URL are masked", "[core]") {
  check({{"postgres://h/db?password=secret", "postgres://h/db?password=***"},
         {"postgres://h/db?user=u&password=secret&sslmode=disable",
          "postgres://h/db?user=u&password=***&sslmode=disable"},
         {"postgres://h/db?password=a b&x=1", "postgres://h/db?password=***&x=1"},
         {"postgres://h:5432/db?password=a@b", "postgres://h:5432/db?password=***"},
         {"postgres://u:one@h/db?sslmode=prefer&sslpassword=two",
          "postgres://u:***@h/db?sslmode=prefer&sslpassword=***"},
         {"postgres://h/db?PASSWORD=secret", "postgres://h/db?PASSWORD=***"}});
}

TEST_CASE("password parameters of a connection string are masked", "[core]") {
  check({{"host=h password=secret dbname=d", "host=h password=*** dbname=d"},
         {"password=secret", "password=***"},
         {"host=h password = secret dbname=d", "host=h password = *** dbname=d"},
         {"host=h password='se cret' dbname=d", "host=h password=*** dbname=d"},
         {R"(password='it\'s a secret' host=h)", "password=*** host=h"},
         {R"(password=se\ cret host=h)", "password=*** host=h"},
         {"password=a&b host=h", "password=*** host=h"},
         {"password='never closed host=h", "password=***"},
         {"password=\"two words\" host=h", "password=*** host=h"},
         {"password=one sslpassword=two", "password=*** sslpassword=***"},
         {"password=", "password=***"}});
}

TEST_CASE("what has no password is left as it is", "[core]") {
  for (const std::string text : {"postgres://h/db",
                                 "postgres://u@h:5432/db",
                                 "postgres://h:5432/db",
                                 "postgres://[::1]:5432/db",
                                 "postgres://a:1,b:2/db",
                                 "postgres:///db?host=/run/postgresql",
                                 "host=h dbname=d user=u",
                                 "passwords and passfile",
                                 ""}) {
    CHECK(mask_password(text) == text);
  }
}

TEST_CASE("a broken URL does not show its password", "[core]") {
  for (const std::string text : {"postgres//u:secret@h/db",
                                 "postgres:u:secret@h/db",
                                 "postgres:/u:secret@h/db",
                                 "u:secret@h/db",
                                 "postgres://u:secret",
                                 "postgres://u:secret/db",
                                 "postgres://u:sec/ret",
                                 "POSTGRES://u:secret@h"}) {
    const std::string masked = mask_password(text);
    CAPTURE(text, masked);
    CHECK(masked.find("sec") == std::string::npos);
    CHECK(masked.find("ret") == std::string::npos);
  }
}

TEST_CASE("masking twice changes nothing more", "[core]") {
  for (const std::string text :
       {"postgres://u:s@h/db?password=a@b", "password=x sslpassword='y z'", "postgres://u:p"}) {
    CHECK(mask_password(mask_password(text)) == mask_password(text));
  }
}

TEST_CASE("a known secret is taken out of any text", "[core]") {
  CHECK(without_secret("pw: hunter2, again hunter2!", "hunter2") == "pw: ***, again ***!");
  CHECK(without_secret("abcdabcd", "abcd") == "******");
  CHECK(without_secret("a****b", "****") == "a***b");
  CHECK(without_secret("nothing to hide", "") == "nothing to hide");
  CHECK(without_secret("", "x").empty());
}

TEST_CASE("a short secret does not mangle words", "[core]") {
  CHECK(without_secret("a table of the database", "a") == "a table of the database");
  CHECK(without_secret("for the shop", "the") == "for the shop");
}

TEST_CASE("URLs in a text of others lose their passwords", "[core]") {
  CHECK(mask_urls("no pg_hba entry for postgres://u:hunter2@h/db, see\nlog") ==
        "no pg_hba entry for postgres://u:***@h/db, see\nlog");
  CHECK(mask_urls("'postgresql://u:hunter2@h/db': refused") ==
        "'postgresql://u:***@h/db': refused");
  CHECK(mask_urls("URL=redis://:hunter2@h  x") == "URL=redis://:***@h  x");
  for (const std::string text : {"'postgres://u:***'",
                                 "at file:///a/@medusajs/x.js:12:5",
                                 "see https://docs.medusajs.com:443/v1?a=b",
                                 "user:password without a URL",
                                 " leading and trailing ",
                                 ""}) {
    CHECK(mask_urls(text) == text);
  }
}

}  // namespace medusa
