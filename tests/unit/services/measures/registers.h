// Registers with a few entries for the tests of rows of figures.
#pragma once

#include <string>

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
                  bool parts_of_whole) {
    measures::events::v1::MeasureDefined defined;
    defined.set_measure_id(id);
    defined.set_version(1);
    defined.set_label(id);
    defined.set_unit(unit);
    defined.set_is_count(is_count);
    defined.set_parts_of_whole(parts_of_whole);
    measures.Evolve(defined);
  }

  void AddArea(const std::string& id, const std::string& name) {
    partners::events::v1::AreaRegistered area;
    area.set_area_id(id);
    area.set_name(name);
    area.set_kind("district");
    areas.Evolve(area);
  }

  measures::Circumstances Now() const {
    return {*values::ParseDay("2024-04-02"), measures, areas, organisations};
  }

  measures::MeasureRegister measures;
  partners::AreaRegister areas;
  partners::OrganisationRegister organisations;
};

}  // namespace daybook::testing
