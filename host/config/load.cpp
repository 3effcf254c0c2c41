#include "host/config/load.hpp"

#include <system_error>

#include "host/config/input_files.hpp"
#include "host/config/output_paths.hpp"
#include "host/config/select.hpp"
#include "host/config/sets.hpp"
#include "host/config/text.hpp"
#include "host/config/top_level.hpp"

namespace gleaner::host {
namespace {

void read_secrets_of(const Reader& reader, const LoadRequest& request, Pipeline& pipeline) {
  const auto check = request.purpose == Purpose::render ? SecretsCheck::trust : SecretsCheck::look;
  read_secrets(reader, pipeline.folder(), check, pipeline.secrets);
}

std::function<bool(std::string_view)> secret_lookup(const LoadRequest& request,
                                                    const Environment& environment,
                                                    const SecretsConfig& secrets) {
  return [&request, &environment, &secrets](std::string_view name) {
    const auto value = environment(name);
    if (value && !value->empty()) return true;
    if (request.secret_is_set) return request.secret_is_set(name, secrets);
    return !secrets.file.empty() || !secrets.command.empty();
  };
}

void require_part(const Reader& reader, std::string_view section) {
  const toml::node* node = reader.document().root.get(section);
  const auto* array = node == nullptr ? nullptr : node->as_array();
  if (node != nullptr && (array == nullptr || !array->empty())) return;
  reader.report().add(
      Code::missing_part, {reader.document().file, 1, 1},
      concat({"there is no [[", section, "]]; a pipeline needs at least one [[source]] and one [[output]]"}));
}

// One that reads a saved `file` asks no site.
bool asks_a_site(const ReadComponent& each) {
  if (!each.known || !each.config.info->politeness) return false;
  if (each.config.info->can(GLEANER_PAID)) return false;  // who pays is known by the key
  const OptionValue* file = each.config.option("file");
  return file == nullptr || file->text.empty();
}

const ReadComponent* first_polite(std::span<const ReadComponent> components) {
  for (const ReadComponent& each : components)
    if (asks_a_site(each)) return &each;
  return nullptr;
}

void warn_contact(const Reader& reader, const ReadComponent* polite) {
  if (polite == nullptr) return;
  reader.report().add(Code::missing_contact, polite->config.where,
                      concat({"the site that ", polite->use,
                              " asks wants to know whom to write to; put contact = "
                              "\"you@example.org\" at the top of the file"}));
}

void move_configs(std::vector<ReadComponent>& from, std::vector<ComponentConfig>& to) {
  for (ReadComponent& each : from)
    to.push_back(std::move(each.config));
}

void check(const Reader& reader, const LoadRequest& request, Pipeline& pipeline) {
  const Installed installed(request.components);
  auto outputs = read_section(reader, installed, Section::output);
  require_part(reader, "output");
  check_output_paths(reader, pipeline, outputs);
  if (request.purpose != Purpose::render) {
    auto sources = read_section(reader, installed, Section::source);
    auto stages = read_section(reader, installed, Section::stage);
    require_part(reader, "source");
    read_select(reader, KnownAxes(stages), pipeline.select);
    read_run(reader, pipeline.run);
    read_budget(reader, stages, pipeline.budget);
    const ReadComponent* polite = first_polite(sources);
    if (polite == nullptr) polite = first_polite(stages);
    if (pipeline.contact.empty()) warn_contact(reader, polite);
    if (request.purpose == Purpose::lint) {
      for (const auto* section : {&sources, &stages, &outputs})
        warn_missing_files(reader, pipeline.folder(), *section);
    }
    move_configs(sources, pipeline.sources);
    move_configs(stages, pipeline.stages);
  }
  move_configs(outputs, pipeline.outputs);
}

}  // namespace

LoadResult load_pipeline(const LoadRequest& request) {
  LoadResult out;
  Report report;
  Document document;
  std::error_code error;
  out.pipeline.file = std::filesystem::absolute(request.path, error).lexically_normal();
  const bool read = read_document(request.path, document, report);
  out.pipeline.text = document.text;
  if (read) {
    apply_sets(document, request.sets, report);
    const Environment environment = request.environment ? request.environment : process_environment();
    const Interpolator interpolator(out.pipeline.folder(), environment);
    const Reader reader(document, interpolator, secret_lookup(request, environment, out.pipeline.secrets),
                        report);
    read_top_level(reader, out.pipeline);
    read_secrets_of(reader, request, out.pipeline);
    check(reader, request, out.pipeline);
  }
  out.diagnostics = report.take();
  out.ok = !has_errors(out.diagnostics);
  return out;
}

}  // namespace gleaner::host
