// Registers with a few entries for the tests of rows of figures.
#pragma once

#include <string>
#include <vector>

#include "proto/values/civil.h"
#include "services/measures/domain/measure_commands.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"

namespace daybook::testing {

struct Registers {
  Registers() {
    AddMeasure("robbery", "offences", true, false);
    AddMeasure("open-cases", "cases", true, true);
    AddMeasure("satisfied", "percent", false, true);
    AddMeasure("change-in-funding", "pounds", false, false);
    AddArea("riverside", "Riverside");
    AddArea("shire", "The Shire");
    partners::events::v1::OrganisationRegistered organisation;
    organisation.set_organisation_id("north-police");
    organisation.set_name("North Police");
    organisations.Evolve(organisation);
  }

  void AddMeasure(const std::string& id, const std::string& unit, bool is_count,
                  bool parts_of_whole, const std::vector<std::string>& dimensions = {}) {
    measures::events::v1::MeasureDefined defined;
    defined.set_measure_id(id);
    defined.set_version(1);
    defined.set_label(id);
    defined.set_unit(unit);
    defined.set_is_count(is_count);
    defined.set_parts_of_whole(parts_of_whole);
    for (const std::string& dimension : dimensions) defined.add_dimension_ids(dimension);
    measures.Evolve(defined);
  }

  void AddVersion(const std::string& id, std::uint32_t version, const std::string& from) {
    measures::events::v1::MeasureDefined defined = measures.Find(id)->defined;
    defined.set_version(version);
    defined.set_from_date(from);
    measures.Evolve(defined);
  }

  void AddDimension(const std::string& id, const std::vector<std::string>& categories,
                    bool complete) {
    measures::events::v1::DimensionDefined defined;
    defined.set_dimension_id(id);
    for (const std::string& category : categories) {
      defined.add_categories()->set_category_id(category);
    }
    defined.set_complete(complete);
    measures.Evolve(defined);
  }

  void AddBreak(const std::string& measure, const std::string& date) {
    measures::events::v1::SeriesBreakDeclared declared;
    declared.set_measure_id(measure);
    declared.set_date(date);
    measures.Evolve(declared);
  }

  void AddSuccession(const std::string& from, const std::string& to) {
    for (const std::string& id : {from, to}) {
      partners::events::v1::OrganisationRegistered organisation;
      organisation.set_organisation_id(id);
      organisation.set_name(id);
      organisations.Evolve(organisation);
    }
    partners::events::v1::OrganisationSucceeded succeeded;
    succeeded.add_from_organisation_ids(from);
    succeeded.set_to_organisation_id(to);
    organisations.Evolve(succeeded);
  }

  void AddArea(const std::string& id, const std::string& name) {
    partners::events::v1::AreaRegistered area;
    area.set_area_id(id);
    area.set_name(name);
    area.set_kind("district");
    areas.Evolve(area);
  }

  measures::Circumstances Now() const {
    return {"north-police", *values::ParseDay("2024-04-02"), measures, areas, organisations};
  }

  measures::MeasureRegister measures;
  partners::AreaRegister areas;
  partners::OrganisationRegister organisations;
};

}  // namespace daybook::testing
