// Rows of the files with registers and plans -> one command each (an update may take several rows).
#pragma once

#include "daybook/actions/v1/actions_service.pb.h"
#include "daybook/enforcement/v1/enforcement_service.pb.h"
#include "daybook/measures/v1/measures_service.pb.h"
#include "daybook/partners/v1/partners_service.pb.h"
#include "daybook/scrutiny/v1/scrutiny_service.pb.h"
#include "proto/values/problem.h"
#include "services/ingest/table.h"

namespace daybook::cli {

// Each fills `out` but its head (save `known`) and adds a problem, under the column's name, for
// each cell it cannot read.
void Map(const ingest::TableRow& row, partners::v1::RegisterOrganisationRequest& out,
         values::Problems&);
void Map(const ingest::TableRow& row, partners::v1::RecordSuccessionRequest& out,
         values::Problems&);
void Map(const ingest::TableRow& row, partners::v1::RegisterAreaRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, partners::v1::RegisterPartnershipRequest& out,
         values::Problems&);
void Map(const ingest::TableRow& row, partners::v1::GrantMembershipRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, scrutiny::v1::PassResolutionRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, scrutiny::v1::GiveResponseRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, scrutiny::v1::OpenAssessmentRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, scrutiny::v1::SubmitSectionRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, scrutiny::v1::ApproveAssessmentRequest& out,
         values::Problems&);
void Map(const ingest::TableRow& row, scrutiny::v1::RankRiskRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::MakeOrderRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::ReviewOrderRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::RecordBreachRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::TakeStepRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::RaiseTaskRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::ActionTaskRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::IssuePenaltyRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, enforcement::v1::SettlePenaltyRequest& out,
         values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::AdoptPlanRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::RevisePriorityRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::MapProjectRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::AllocateGrantRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::ApplyTopSliceRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::MoveFundsRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::RecordActivityRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::RecordReachRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, measures::v1::SetHarmWeightRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, measures::v1::DefineDimensionRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, measures::v1::DefineMeasureRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, measures::v1::DeclareBreakRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::OpenPlanRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::AddPriorityRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::AddCommitmentRequest& out, values::Problems&);
// `leads`: "Essex Police (watch team); RDC*": name, team in round brackets, an asterisk for the one
// from whom the update is due (default the first).
void Map(const ingest::TableRow& row, actions::v1::AddActionRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::SetTargetRequest& out, values::Problems&);
void Map(const ingest::TableRow& row, actions::v1::DeferUpdateRequest& out, values::Problems&);
// The first row of an update; AddMeasurement takes the figure of this and each further row.
void Map(const ingest::TableRow& row, actions::v1::SubmitUpdateRequest& out, values::Problems&);
void AddMeasurement(const ingest::TableRow& row, actions::v1::SubmitUpdateRequest& out,
                    values::Problems&);

// Whether `row` goes on with the update that `first` began: same plan, action, period and
// organisation, and neither state nor narrative of its own.
bool ContinuesUpdate(const ingest::TableRow& first, const ingest::TableRow& row);

}  // namespace daybook::cli
