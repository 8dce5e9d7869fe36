// PostgreSQL: a table of events and one of streams, and a function that checks event id and
// expected version of a whole batch in one transaction. Positions have gaps and may become visible
// out of order: the usual sequence.
#include <libpq-fe.h>

#include <string>

#include "tests/bench/peers/peer.h"

namespace daybook::peers {
namespace {

constexpr char kSchema[] = R"(
CREATE TABLE streams (name text PRIMARY KEY, revision bigint NOT NULL);
CREATE TABLE events (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                     stream text NOT NULL, revision bigint NOT NULL,
                     event_id text NOT NULL UNIQUE, payload text NOT NULL);
CREATE FUNCTION append(names text[], ids text[], payloads text[]) RETURNS bigint AS $$
DECLARE
  made bigint;
  last bigint;
BEGIN
  IF EXISTS (SELECT 1 FROM events WHERE event_id = ANY (ids)) THEN
    RETURN -1;  -- recorded before: a retry
  END IF;
  INSERT INTO streams SELECT unnest(names), 0 ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS made = ROW_COUNT;
  IF made <> cardinality(names) THEN
    RAISE EXCEPTION 'a stream exists already';
  END IF;
  INSERT INTO events (stream, revision, event_id, payload)
    SELECT unnest(names), 0, unnest(ids), unnest(payloads);
  SELECT currval('events_position_seq') INTO last;
  RETURN last;
END $$ LANGUAGE plpgsql;
)";

struct Close {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Close>;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

class PostgresClient final : public Client {
 public:
  PostgresClient(Connection connection, int payload_bytes)
      : connection_(std::move(connection)), payload_(static_cast<std::size_t>(payload_bytes), 'x') {
    const Result prepared(
        PQprepare(connection_.get(), "append", "SELECT append($1, $2, $3)", 3, nullptr));
  }

  bool Append(std::uint64_t first, int count, std::string& why) override {
    std::string names = "{";
    std::string ids = "{";
    std::string payloads = "{";
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(first + static_cast<std::uint64_t>(i));
      const char* comma = i == 0 ? "" : ",";
      names.append(comma).append("stream-").append(number);
      ids.append(comma).append("id-").append(number);
      payloads.append(comma).append(payload_);
    }
    names += "}";
    ids += "}";
    payloads += "}";
    const char* values[] = {names.c_str(), ids.c_str(), payloads.c_str()};
    const Result result(
        PQexecPrepared(connection_.get(), "append", 3, values, nullptr, nullptr, 0));
    if (PQresultStatus(result.get()) == PGRES_TUPLES_OK) return true;
    why = PQerrorMessage(connection_.get());
    return false;
  }

 private:
  const Connection connection_;
  const std::string payload_;
};

class Postgres final : public Peer {
 public:
  Postgres(std::string address, int payload_bytes)
      : address_(std::move(address)), payload_bytes_(payload_bytes) {}

  std::unique_ptr<Client> Connect(int) override {
    return std::make_unique<PostgresClient>(Open(), payload_bytes_);
  }

  bool Prepare(std::string& why) override {
    const Connection connection = Open();
    const Result result(PQexec(connection.get(), kSchema));
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return true;
    why = PQerrorMessage(connection.get());
    return false;
  }

  std::uint64_t Replay(std::string& why) override {
    const Connection connection = Open();
    const Result begun(PQexec(connection.get(),
                              "COPY (SELECT position, stream, revision, event_id, payload FROM "
                              "events ORDER BY position) TO STDOUT"));
    std::uint64_t events = 0;
    char* row = nullptr;
    while (PQgetCopyData(connection.get(), &row, 0) > 0) {
      ++events;
      PQfreemem(row);
    }
    const Result end(PQgetResult(connection.get()));
    if (PQresultStatus(end.get()) != PGRES_COMMAND_OK) why = PQerrorMessage(connection.get());
    return events;
  }

 private:
  // A conninfo string, as libpq has it.
  Connection Open() const { return Connection(PQconnectdb(address_.c_str())); }

  const std::string address_;
  const int payload_bytes_;
};

}  // namespace

std::unique_ptr<Peer> MakePeer(const std::string& address, int payload_bytes) {
  return std::make_unique<Postgres>(address, payload_bytes);
}

}  // namespace daybook::peers
