using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace VcasReceiver;

/// <summary>The state of a referral for the people who work on it.</summary>
internal enum Standing { ToAnswer, Accepted, Rejected, Closed, Withdrawn }

/// <summary>What VCAS decided last.</summary>
/// <param name="What">accepted, rejected or closed.</param>
/// <param name="Version">The version of the referral that it answers.</param>
/// <param name="At">When.</param>
/// <param name="Reason">The coded reason.</param>
/// <param name="CaseReference">VCAS's own reference.</param>
internal sealed record LastDecision(string What, int Version, DateTimeOffset At, string? Reason, string? CaseReference);

/// <summary>A referral as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Of what is stored; 0 where only its withdrawal has come.</param>
/// <param name="Data">The message's data, JSON; null once erased, or where it never came.</param>
/// <param name="WithdrawnFor">The coded reason of a withdrawal.</param>
/// <param name="ReceivedAt">When the first message about it came.</param>
/// <param name="ChangedAt">When the newest that changed it came.</param>
/// <param name="Last">The last decision that is due.</param>
internal sealed record StoredReferral(
    string Id, int Version, string? Data, string? WithdrawnFor, DateTimeOffset ReceivedAt, DateTimeOffset ChangedAt, LastDecision? Last)
{
    /// <summary>What people say aloud: CB- and the first six digits of the id, as the force says it.</summary>
    public string Reference => $"CB-{Id[..6].ToUpperInvariant()}";

    /// <summary>Its state: an amendment of a rejected referral asks again.</summary>
    public Standing Standing => (WithdrawnFor, Last) switch
    {
        ({ }, _) => Standing.Withdrawn,
        (_, null) => Standing.ToAnswer,
        (_, { What: "rejected" } rejected) => rejected.Version < Version ? Standing.ToAnswer : Standing.Rejected,
        (_, { What: "closed" }) => Standing.Closed,
        _ => Standing.Accepted,
    };
}

/// <summary>What people do with the store: read, decide, erase.</summary>
internal sealed partial class ReferralStore
{
    private const string Referrals = """
        SELECT r.referral_id, r.version, r.data, r.withdrawn_for, r.first_received_at, r.changed_at, a.body FROM referrals r
        LEFT JOIN answers a ON a.seq = (SELECT max(seq) FROM answers WHERE referral_id = r.referral_id AND is_decision = 1 AND due_at <= $1)
        """;

    /// <summary>Every referral, the newest first.</summary>
    public IReadOnlyList<StoredReferral> All(DateTimeOffset now)
    {
        lock (one) return Read(null, Referrals + " ORDER BY r.changed_at DESC", now.ToUnixTimeMilliseconds());
    }

    /// <summary>One referral; null if there is none of this id.</summary>
    public StoredReferral? Find(string referralId, DateTimeOffset now)
    {
        lock (one) return Find(null, referralId, now);
    }

    /// <summary>What was answered about one, oldest first, and when the broker had it.</summary>
    public IReadOnlyList<(string What, DateTimeOffset Due, DateTimeOffset? Sent)> AnswersTo(string referralId)
    {
        lock (one)
        {
            using var command = Command(null, "SELECT id, due_at, sent_at FROM answers WHERE referral_id = $1 ORDER BY seq", referralId);
            using var reader = command.ExecuteReader();
            var answers = new List<(string, DateTimeOffset, DateTimeOffset?)>();
            while (reader.Read())
                answers.Add(
                    (reader.GetString(0)[(referralId.Length + 1)..], Instant(reader, 1), reader.IsDBNull(2) ? null : Instant(reader, 2)));
            return answers;
        }
    }

    /// <summary>
    /// Takes a person's decision, if the referral still stands where that person saw it: of two who decide at once, one succeeds. It
    /// replaces what was to be answered by itself later.
    /// </summary>
    public bool Decide(Answer decision, Standing seen, DateTimeOffset now)
    {
        lock (one)
        {
            using var transaction = connection.BeginTransaction();
            if (Find(transaction, decision.ReferralId, now)?.Standing != seen) return false;
            Execute(
                transaction,
                "DELETE FROM answers WHERE referral_id = $1 AND is_decision = 1 AND sent_at IS NULL AND due_at > $2",
                decision.ReferralId,
                now.ToUnixTimeMilliseconds());
            var added = Execute(
                transaction,
                "INSERT INTO answers (id, referral_id, body, due_at, is_decision) VALUES ($1, $2, $3, $4, 1) ON CONFLICT DO NOTHING",
                decision.Id,
                decision.ReferralId,
                decision.Body,
                decision.Due.ToUnixTimeMilliseconds());
            transaction.Commit();
            return added == 1;
        }
    }

    /// <summary>
    /// Forgets what a finished referral said. Its id, and what was answered, stay: a repetition is known again, and nothing comes
    /// back.
    /// </summary>
    public bool Erase(string referralId, DateTimeOffset now)
    {
        lock (one)
        {
            using (var transaction = connection.BeginTransaction())
            {
                if (Find(transaction, referralId, now) is not { Standing: Standing.Rejected or Standing.Closed or Standing.Withdrawn })
                    return false;
                Execute(transaction, "UPDATE referrals SET data = NULL WHERE referral_id = $1", referralId);
                transaction.Commit();
            }

            // The journal file would keep the old page until it is written over.
            Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        }
    }

    private StoredReferral? Find(SqliteTransaction? transaction, string referralId, DateTimeOffset now) =>
        Read(transaction, Referrals + " WHERE r.referral_id = $2", now.ToUnixTimeMilliseconds(), referralId).SingleOrDefault();

    private List<StoredReferral> Read(SqliteTransaction? transaction, string sql, params object?[] values)
    {
        using var command = Command(transaction, sql, values);
        using var reader = command.ExecuteReader();
        var found = new List<StoredReferral>();
        while (reader.Read())
        {
            found.Add(new StoredReferral(
                reader.GetString(0),
                reader.GetInt32(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                Instant(reader, 4),
                Instant(reader, 5),
                reader.IsDBNull(6) ? null : DecisionOf(reader.GetString(6))));
        }

        return found;
    }

    private static LastDecision DecisionOf(string body)
    {
        using var answer = JsonDocument.Parse(body);
        var data = answer.RootElement.GetProperty("data");
        var what = AnswerOutbox.WhatOf(answer.RootElement.GetProperty("type").GetString()!);
        return new LastDecision(
            what,
            data.GetProperty("version").GetInt32(),
            data.GetProperty("at").GetDateTimeOffset(),
            Text("reason"),
            Text("caseReference"));

        string? Text(string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static DateTimeOffset Instant(SqliteDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
