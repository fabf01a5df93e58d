namespace LocalAzure.Storage;

/// <content>What waits to be written.</content>
public sealed partial class LocalStore
{
    private abstract class Work
    {
        public abstract void RunOn(LocalStore store);

        public abstract void Acknowledge();

        public abstract void Fail(Exception failure);
    }

    private sealed class Work<T>(Func<Connection, T> work, bool isOne) : Work
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? failure;

        public Task<T> Task => completion.Task;

        public override void RunOn(LocalStore store)
        {
            var connection = store.writer;
            if (!isOne) connection.Prepare("SAVEPOINT one").Run();
            try
            {
                result = work(connection);
            }
            catch (Exception thrown)
            {
                // On a full disk SQLite has rolled back the group so far by itself: all of it has failed, and for this reason.
                if (!connection.IsInTransaction)
                    throw thrown as StorageException ?? new StorageException("SQLite rolled the group back.", thrown);
                // The exception belongs to whoever asked for the write; the group goes on without it.
                failure = thrown;
                store.TakenBack?.Invoke();
                if (!isOne) connection.Prepare("ROLLBACK TO one").Run();
            }

            if (!isOne) connection.Prepare("RELEASE one").Run();
        }

        public override void Acknowledge()
        {
            if (failure is null) completion.TrySetResult(result!);
            else completion.TrySetException(failure);
        }

        public override void Fail(Exception reason) => completion.TrySetException(reason);
    }
}
