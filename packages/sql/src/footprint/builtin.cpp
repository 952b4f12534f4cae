// SPDX-License-Identifier: MIT
#include "footprint/builtin.hpp"

#include <set>
#include <string>

namespace medusa {

namespace {

using Names = std::set<std::string_view>;

// PostgreSQL's pg_type.dat, up to version 18.
constexpr std::string_view kTypes =
    "_int4 _int8 _jsonb _text _uuid _varchar aclitem any anyarray anycompatible "
    "anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange "
    "anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char cid "
    "cidr circle cstring date datemultirange daterange event_trigger fdw_handler float4 "
    "float8 gtsvector index_am_handler inet int2 int2vector int4 int4multirange int4range "
    "int8 int8multirange int8range internal interval json jsonb jsonpath language_handler "
    "line lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector path "
    "pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_ddl_command pg_dependencies pg_lsn "
    "pg_mcv_list pg_ndistinct pg_node_tree pg_snapshot point polygon record refcursor "
    "regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc "
    "regprocedure regrole regtype table_am_handler text tid time timestamp timestamptz timetz "
    "trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector "
    "txid_snapshot unknown uuid varbit varchar void xid xid8 xml ";

// PostgreSQL's pg_proc.dat: what is immutable or stable and does not look into the catalog, and the
// volatile ones that only draw a number, wait, lock by number or tell listeners.
constexpr std::string_view kHarmless =
    "abbrev abs acos acosd acosh age any_value area array_agg array_append array_cat "
    "array_dims array_fill array_length array_lower array_ndims array_position "
    "array_positions array_prepend array_remove array_replace array_reverse array_sample "
    "array_shuffle array_sort array_to_json array_to_string array_to_tsvector array_upper "
    "ascii asin asind asinh atan atan2 atan2d atand atanh avg bit bit_and bit_count "
    "bit_length bit_or bit_xor bool bool_and bool_or bound_box box bpchar broadcast btrim "
    "cardinality casefold cash_words cbrt ceil ceiling center char char_length "
    "character_length chr cidr circle clock_timestamp collation_for concat concat_ws convert "
    "convert_from convert_to corr cos cosd cosh cot cotd count covar_pop covar_samp crc32 "
    "crc32c cume_dist current_database current_setting current_user date date_add date_bin "
    "date_part date_subtract date_trunc datemultirange daterange decode degrees dense_rank "
    "dexp diagonal diameter div dlog1 dlog10 dround dtrunc encode enum_first enum_last "
    "enum_range erf erfc every exp extract factorial family first_value float4 float8 floor "
    "format gamma gcd gen_random_uuid generate_series generate_subscripts get_bit get_byte "
    "getdatabaseencoding hashtext hashtextextended height host hostmask inet_client_addr "
    "inet_client_port inet_merge inet_same_family inet_server_addr inet_server_port initcap "
    "int2 int2int4_sum int4 int4multirange int4range int8 int8multirange int8range interval "
    "interval_avg is_normalized isclosed isempty isfinite ishorizontal isopen isparallel "
    "isperp isvertical json_agg json_array_element json_array_elements "
    "json_array_elements_text json_array_length json_build_array json_build_object json_each "
    "json_each_text json_extract_path json_extract_path_text json_object json_object_agg "
    "json_object_keys json_populate_record json_populate_recordset json_scalar json_serialize "
    "json_strip_nulls json_to_record json_to_recordset json_to_tsvector json_typeof jsonb_agg "
    "jsonb_array_element jsonb_array_elements jsonb_array_elements_text jsonb_array_length "
    "jsonb_build_array jsonb_build_object jsonb_concat jsonb_contains jsonb_delete "
    "jsonb_delete_path jsonb_each jsonb_each_text jsonb_exists jsonb_extract_path "
    "jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_agg jsonb_object_keys "
    "jsonb_path_exists jsonb_path_exists_tz jsonb_path_match jsonb_path_match_tz "
    "jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first "
    "jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record "
    "jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls "
    "jsonb_to_record jsonb_to_recordset jsonb_to_tsvector jsonb_typeof justify_days "
    "justify_hours justify_interval lag last_value lcm lead left length lgamma like "
    "like_escape line ln log log10 lower lower_inc lower_inf lpad lseg ltrim macaddr macaddr8 "
    "macaddr8_set7bit make_date make_interval make_time make_timestamp make_timestamptz "
    "masklen max md5 min min_scale mod mode money multirange mxid_age name netmask network "
    "normalize notlike now npoints nth_value ntile num_nonnulls num_nulls numeric "
    "nummultirange numnode numrange octet_length oid overlaps overlay parse_ident path pclose "
    "percent_rank percentile_cont percentile_disc pg_advisory_lock pg_advisory_lock_shared "
    "pg_advisory_unlock pg_advisory_unlock_all pg_advisory_unlock_shared "
    "pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_backend_pid pg_client_encoding "
    "pg_collation_for pg_column_size pg_current_xact_id pg_input_is_valid pg_notify pg_sleep "
    "pg_sleep_for pg_sleep_until pg_try_advisory_lock pg_try_advisory_lock_shared "
    "pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_typeof phraseto_tsquery pi "
    "plainto_tsquery point polygon popen position pow power querytree quote_ident "
    "quote_literal quote_nullable radians radius random random_normal range_agg "
    "range_intersect_agg range_merge rank regclass regexp_count regexp_instr regexp_like "
    "regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table "
    "regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx "
    "regr_sxy regr_syy repeat replace reverse right round row_number row_to_json rpad rtrim "
    "scale session_user set_bit set_byte set_masklen setseed setweight sha224 sha256 sha384 "
    "sha512 sign similar_escape similar_to_escape sin sind sinh slope split_part sqrt "
    "statement_timestamp stddev stddev_pop stddev_samp string_agg string_to_array "
    "string_to_table strip strpos substr substring sum system_user tan tand tanh text textlen "
    "time timeofday timestamp timestamptz timetz timezone to_ascii to_bin to_char to_date "
    "to_hex to_json to_jsonb to_number to_oct to_timestamp to_tsquery to_tsvector "
    "transaction_timestamp translate trim_array trim_scale trunc ts_debug ts_delete ts_filter "
    "ts_headline ts_lexize ts_parse ts_rank ts_rank_cd ts_rewrite ts_token_type "
    "tsquery_phrase tsrange tstzmultirange tstzrange tsvector_to_array txid_current "
    "txid_current_if_assigned unistr unnest upper upper_inc upper_inf uuid_extract_timestamp "
    "uuid_extract_version uuidv4 uuidv7 var_pop var_samp varbit varchar variance version "
    "websearch_to_tsquery width width_bucket xid xml xml_is_well_formed "
    "xml_is_well_formed_content xml_is_well_formed_document xmlagg xmlcomment xmlexists "
    "xmlparse xmlserialize xmlvalidate xpath xpath_exists ";

constexpr std::string_view kCatalog =
    "col_description current_schema current_schemas format_type get_current_ts_config "
    "has_any_column_privilege has_column_privilege has_database_privilege "
    "has_function_privilege has_schema_privilege has_sequence_privilege has_table_privilege "
    "has_type_privilege obj_description pg_blocking_pids pg_database_size pg_describe_object "
    "pg_encoding_to_char pg_function_is_visible pg_get_constraintdef pg_get_expr "
    "pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result "
    "pg_get_functiondef pg_get_indexdef pg_get_keywords pg_get_partkeydef pg_get_ruledef "
    "pg_get_serial_sequence pg_get_statisticsobjdef pg_get_triggerdef pg_get_userbyid "
    "pg_get_viewdef pg_has_role pg_identify_object pg_index_column_has_property "
    "pg_indexes_size pg_is_in_recovery pg_partition_ancestors pg_partition_root "
    "pg_partition_tree pg_postmaster_start_time pg_relation_filenode pg_relation_size "
    "pg_size_pretty pg_stat_get_numscans pg_table_is_visible pg_table_size "
    "pg_total_relation_size pg_type_is_visible row_security_active shobj_description "
    "to_regclass to_regcollation to_regnamespace to_regoper to_regoperator to_regproc "
    "to_regprocedure to_regrole to_regtype txid_current_snapshot ";

Names words(std::string_view text) {
  Names names;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find(' ', begin);
    names.insert(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

}  // namespace

bool is_builtin_type(std::string_view name) {
  static const Names names = words(kTypes);
  return names.contains(name);
}

FunctionNature builtin_function(std::string_view name) {
  static const Names harmless = words(kHarmless);
  static const Names catalog = words(kCatalog);
  // Any volatile one that is left: large objects, files, configuration, replication, query_to_xml
  // ...
  static const Names unsafe = words(
      "set_config query_to_xml query_to_xmlschema query_to_xml_and_xmlschema cursor_to_xml "
      "table_to_xml table_to_xml_and_xmlschema schema_to_xml database_to_xml ts_stat lastval "
      "dblink "
      "dblink_exec ");
  if (harmless.contains(name)) {
    return FunctionNature::Harmless;
  }
  if (catalog.contains(name)) {
    return FunctionNature::Catalog;
  }
  const bool own = unsafe.contains(name) || name.starts_with("pg_") || name.starts_with("lo_");
  return own ? FunctionNature::Unsafe : FunctionNature::Unknown;
}

}  // namespace medusa
