// SPDX-License-Identifier: BSL-1.0
#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS
#define BOOST_MPL_LIMIT_LIST_SIZE 50
#define BOOST_MPL_LIMIT_VECTOR_SIZE 50
#define FUSION_MAX_VECTOR_SIZE 20
#include "boost_msm.hpp"

#include "machine.hpp"

#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

namespace {

namespace msm = boost::msm;
namespace mpl = boost::mpl;
using machine::action;
using machine::guard;
using msm::front::none;
using msm::front::Row;

template <machine::event_code>
struct on {};

// The complaint lies in the outermost machine. Inner ones reach it by a pointer that is set once, as MSM's own way up
// by visitors costs more than the step.
thread_local machine::complaint* current = nullptr;

template <class Machine>
machine::complaint& complaint_of(Machine& m) {
  if constexpr (requires { m.held; }) {
    return m.held;
  } else {
    return *current;
  }
}

template <guard G>
struct if_ {
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event&, Machine& m, From&, To&) const {
    return machine::holds(G, complaint_of(m));
  }
};
template <action A>
struct do_ {
  template <class Event, class Machine, class From, class To>
  void operator()(const Event&, Machine& m, From&, To&) const {
    machine::perform(A, complaint_of(m));
  }
};

template <class Self>
struct quiet : msm::front::state_machine_def<Self> {
  using no_exception_thrown = int;
  using no_message_queue = int;
  template <class Machine, class Event>
  void no_transition(const Event&, Machine&, int) {}
};

// clang-format off
struct flat_ : quiet<flat_> {
  machine::complaint held{};
  template <int N> struct at : msm::front::state<> {};
  using fresh = at<0>; using triaged = at<1>; using assigned = at<2>; using investigating = at<3>; using await_customer = at<4>;
  using await_third = at<5>; using escalated_1 = at<6>; using escalated_2 = at<7>; using resolved = at<8>; using reopened = at<9>;
  using closed = at<10>; using rejected = at<11>;
  using initial_state = fresh;
  template <class From, machine::event_code E, class To, action A = action::nothing, guard G = guard::always>
  using row = Row<From, on<E>, To, std::conditional_t<A == action::nothing, none, do_<A>>, std::conditional_t<G == guard::always, none, if_<G>>>;
  template <class In> using noted = Row<In, on<machine::note>, none, do_<action::take_note>, none>;
  struct transition_table : mpl::vector<
    row<fresh, machine::triage, triaged>, row<fresh, machine::reject, rejected, action::nothing, guard::free_of_charge>,
    row<fresh, machine::sla_breach, escalated_1, action::bump>,
    row<triaged, machine::assign, assigned>, row<triaged, machine::reject, rejected, action::nothing, guard::unregulated>,
    row<triaged, machine::escalate, escalated_1, action::nothing, guard::severe>, row<triaged, machine::sla_breach, escalated_1, action::bump>,
    row<assigned, machine::start, investigating>, row<assigned, machine::assign, assigned>,
    row<assigned, machine::escalate, escalated_1, action::nothing, guard::severe>, row<assigned, machine::sla_breach, escalated_1, action::bump>,
    row<investigating, machine::request_info, await_customer, action::stop_clock>, row<investigating, machine::refer, await_third, action::stop_clock>,
    row<investigating, machine::resolve, resolved>, row<investigating, machine::escalate, escalated_1, action::nothing, guard::severe>,
    row<investigating, machine::sla_breach, escalated_1, action::bump>, row<investigating, machine::reject, rejected, action::nothing, guard::unregulated>,
    row<await_customer, machine::info_received, investigating, action::start_clock>, row<await_customer, machine::sla_breach, resolved>,
    row<await_customer, machine::reject, rejected, action::nothing, guard::unregulated>,
    row<await_third, machine::referral_done, investigating, action::start_clock>, row<await_third, machine::sla_breach, escalated_1, action::bump>,
    row<escalated_1, machine::start, investigating>, row<escalated_1, machine::escalate, escalated_2, action::nothing, guard::very_severe>,
    row<escalated_1, machine::deescalate, assigned, action::lower>, row<escalated_1, machine::resolve, resolved>,
    row<escalated_1, machine::sla_breach, escalated_2, action::bump>,
    row<escalated_2, machine::start, investigating>, row<escalated_2, machine::deescalate, escalated_1, action::lower>,
    row<escalated_2, machine::resolve, resolved>, row<escalated_2, machine::sla_breach, escalated_2, action::bump>,
    row<resolved, machine::reopen, reopened, action::count_reopening, guard::may_reopen>, row<resolved, machine::close, closed, action::archive>,
    row<resolved, machine::sla_breach, closed, action::archive>,
    row<reopened, machine::assign, assigned>, row<reopened, machine::start, investigating>,
    row<reopened, machine::escalate, escalated_2, action::nothing, guard::very_severe>, row<reopened, machine::sla_breach, escalated_2, action::bump>,
    row<closed, machine::reopen, reopened, action::count_reopening, guard::may_reopen>,
    row<rejected, machine::reopen, reopened, action::count_reopening, guard::regulated>,
    noted<fresh>, noted<triaged>, noted<assigned>, noted<investigating>, noted<await_customer>, noted<await_third>, noted<escalated_1>,
    noted<escalated_2>, noted<resolved>, noted<reopened>> {};
};

struct intake_ : quiet<intake_> {
  struct fresh : msm::front::state<> {}; struct triaged : msm::front::state<> {}; struct assigned : msm::front::state<> {};
  using initial_state = fresh;
  struct transition_table : mpl::vector<Row<fresh, on<machine::triage>, triaged>, Row<triaged, on<machine::assign>, assigned>,
    Row<assigned, on<machine::assign>, assigned>> {};
};
struct work_ : quiet<work_> {
  struct investigating : msm::front::state<> {}; struct await_customer : msm::front::state<> {}; struct await_third : msm::front::state<> {};
  using initial_state = investigating;
  struct transition_table : mpl::vector<
    Row<investigating, on<machine::request_info>, await_customer, do_<action::stop_clock>, none>,
    Row<investigating, on<machine::refer>, await_third, do_<action::stop_clock>, none>,
    Row<await_customer, on<machine::info_received>, investigating, do_<action::start_clock>, none>,
    Row<await_third, on<machine::referral_done>, investigating, do_<action::start_clock>, none>> {};
};
struct escalated_ : quiet<escalated_> {
  struct level_1 : msm::front::state<> {}; struct level_2 : msm::front::state<> {};
  using initial_state = level_1;
  struct transition_table : mpl::vector<
    Row<level_1, on<machine::escalate>, level_2, none, if_<guard::very_severe>>, Row<level_2, on<machine::deescalate>, level_1, do_<action::lower>, none>,
    Row<level_1, on<machine::sla_breach>, level_2, do_<action::bump>, none>, Row<level_2, on<machine::sla_breach>, none, do_<action::bump>, none>> {};
};
struct nested_ : quiet<nested_> {
  machine::complaint held{};
  using intake = msm::back::state_machine<intake_>; using work = msm::back::state_machine<work_>; using escalated = msm::back::state_machine<escalated_>;
  struct resolved : msm::front::state<> {}; struct closed : msm::front::state<> {}; struct rejected : msm::front::state<> {};
  using initial_state = intake;
  struct transition_table : mpl::vector<
    Row<intake, on<machine::start>, work>, Row<intake, on<machine::sla_breach>, escalated, do_<action::bump>, none>,
    Row<intake, on<machine::reject>, rejected, none, if_<guard::unregulated>>, Row<intake, on<machine::escalate>, escalated, none, if_<guard::severe>>,
    Row<intake, on<machine::note>, none, do_<action::take_note>, none>,
    Row<work, on<machine::resolve>, resolved>, Row<work, on<machine::sla_breach>, escalated, do_<action::bump>, none>,
    Row<work, on<machine::reject>, rejected, none, if_<guard::unregulated>>, Row<work, on<machine::escalate>, escalated, none, if_<guard::severe>>,
    Row<work, on<machine::note>, none, do_<action::take_note>, none>,
    Row<escalated, on<machine::start>, work>, Row<escalated, on<machine::resolve>, resolved>,
    Row<escalated, on<machine::note>, none, do_<action::take_note>, none>,
    Row<resolved, on<machine::reopen>, work, do_<action::count_reopening>, if_<guard::may_reopen>>,
    Row<resolved, on<machine::close>, closed, do_<action::archive>, none>,
    Row<closed, on<machine::reopen>, work, do_<action::count_reopening>, if_<guard::may_reopen>>,
    Row<rejected, on<machine::reopen>, work, do_<action::count_reopening>, if_<guard::regulated>>> {};
};
// clang-format on

template <class Machine>
void send(Machine& m, std::uint8_t event) {
  switch (event) {
  case machine::triage:
    m.process_event(on<machine::triage>{});
    break;
  case machine::assign:
    m.process_event(on<machine::assign>{});
    break;
  case machine::start:
    m.process_event(on<machine::start>{});
    break;
  case machine::request_info:
    m.process_event(on<machine::request_info>{});
    break;
  case machine::info_received:
    m.process_event(on<machine::info_received>{});
    break;
  case machine::refer:
    m.process_event(on<machine::refer>{});
    break;
  case machine::referral_done:
    m.process_event(on<machine::referral_done>{});
    break;
  case machine::escalate:
    m.process_event(on<machine::escalate>{});
    break;
  case machine::deescalate:
    m.process_event(on<machine::deescalate>{});
    break;
  case machine::resolve:
    m.process_event(on<machine::resolve>{});
    break;
  case machine::reopen:
    m.process_event(on<machine::reopen>{});
    break;
  case machine::close:
    m.process_event(on<machine::close>{});
    break;
  case machine::reject:
    m.process_event(on<machine::reject>{});
    break;
  case machine::sla_breach:
    m.process_event(on<machine::sla_breach>{});
    break;
  default:
    m.process_event(on<machine::note>{});
    break;
  }
}

template <class Machine>
std::uint32_t run(const std::vector<std::uint8_t>& events) {
  Machine m;
  current = &m.held;
  m.start();
  for (const auto e : events) {
    send(m, e);
  }
  return machine::digest(m.held);
}

} // namespace

std::uint32_t machine::run_msm_flat(const std::vector<std::uint8_t>& events) {
  return run<msm::back::state_machine<flat_>>(events);
}
std::uint32_t machine::run_msm_nested(const std::vector<std::uint8_t>& events) {
  return run<msm::back::state_machine<nested_>>(events);
}
