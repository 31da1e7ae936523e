"""What can be wrong in the lab that the user can mend."""

from copilot.errors import ExitCode, InputError, ModelError
from copilot.i18n import N_


class SuiteError(InputError):
    """A suite, or a file it names, has errors; each names file and line."""

    title = N_("Suite with errors")


class RunError(InputError):
    """A run's folder is missing, damaged, unfinished or in use."""

    title = N_("Run not usable")


class RegressionError(InputError):
    """A comparison that was told to fail on a regression found one."""

    title = N_("Something got worse")
    exit_code = ExitCode.FAILED


class ClusterError(ModelError):
    """A Dask cluster is not there, has no workers, or its workers would bring other results."""

    title = N_("Cluster not usable")
