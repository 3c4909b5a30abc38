package dev.invitepacer.account;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.journal.HistoryEntry;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** Accounts: their settings, pause and resume, and what happened in them. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class AccountResource {
    private final WhoAsks whoAsks;
    private final Accounts accounts;
    private final AccountChanges changes;
    private final Workload workload;
    private final Journal journal;
    private final StrictJson json;

    public AccountResource(
            Accounts accounts,
            AccountChanges changes,
            Workload workload,
            Journal journal,
            StrictJson json,
            WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.accounts = accounts;
        this.changes = changes;
        this.workload = workload;
        this.journal = journal;
        this.json = json;
    }

    @GET
    @Transactional
    @Operation(summary = "Lists the accounts with their settings and what each does")
    public Page<AccountView> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Page.limitOf(limit);
        String after = cursor == null ? "" : Page.key(cursor, "[a-z0-9-]{1,63}");
        List<Account> found = accounts.page(whoAsks.now().accounts(), after, most + 1);
        boolean more = found.size() > most;
        List<Account> shown = more ? found.subList(0, most) : found;
        return new Page<>(views(shown), more ? Page.cursor(shown.get(most - 1).account) : null);
    }

    @GET
    @Path("/{account}")
    @Transactional
    @Operation(summary = "Reads an account's settings and what it does")
    public AccountView read(@PathParam("account") String name) {
        accounts.settings(name);
        return view(name);
    }

    @PUT
    @Path("/{account}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Creates an account, or replaces its settings; what is left out has its default")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = AccountView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced",
            content = @Content(schema = @Schema(implementation = AccountView.class)))
    public Response put(
            @PathParam("account") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AccountForm.class)))
                    InputStream body) {
        boolean created = changes.put(name, json.object(body), whoAsks.now().seesAll(), whoAsks.name());
        return created
                ? Response.created(URI.create("/api/v1/accounts/" + name))
                        .entity(view(name))
                        .build()
                : Response.ok(view(name)).build();
    }

    @PATCH
    @Path("/{account}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(summary = "Changes some settings (JSON merge patch); null brings a default back")
    public AccountView patch(
            @PathParam("account") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AccountForm.class)))
                    InputStream body) {
        changes.patch(name, json.object(body), whoAsks.now().seesAll(), whoAsks.name());
        return view(name);
    }

    @DELETE
    @Path("/{account}")
    @Operation(summary = "Deletes an account that has nothing queued, released or pending; any account with force=true")
    public void delete(@PathParam("account") String name, @QueryParam("force") String force) {
        changes.delete(name, Query.flag("force", force));
    }

    @POST
    @Path("/{account}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Stops releasing, until a date or until it is resumed")
    public AccountView pause(
            @PathParam("account") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PauseForm.class)))
                    InputStream body) {
        Fields fields = new Fields(json.object(body));
        String reason = fields.string("reason", 500);
        if (fields.lacks("reason") || reason != null && reason.isBlank()) {
            fields.wrong("reason", "must be given: it is what people see as the cause");
        }
        Instant until = fields.instant("until");
        fields.orThrow();
        changes.pause(name, reason, until, whoAsks.name());
        return view(name);
    }

    @POST
    @Path("/{account}/resume")
    @Operation(
            summary =
                    "Ends a pause; with restriction=true also what reports told of LinkedIn's limits, if that was wrong")
    public AccountView resume(@PathParam("account") String name, @QueryParam("restriction") String restriction) {
        changes.resume(name, Query.flag("restriction", restriction), whoAsks.name());
        return view(name);
    }

    @GET
    @Path("/{account}/history")
    @Transactional
    @Operation(summary = "What happened in the account as a whole, newest first; only some kinds of events where asked")
    public Page<HistoryEntry> history(
            @PathParam("account") String name,
            @QueryParam("event") List<String> events,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        accounts.known(name);
        Set<String> asked = Query.someOf("event", events, Journal.OF_ACCOUNT);
        int most = Page.limitOf(limit);
        long before =
                cursor == null ? Long.MAX_VALUE : Page.Request.of(null, cursor).after();
        return Page.of(journal.ofAccount(name, asked, before, most + 1), most, entry -> entry.id);
    }

    /** The account as it is shown, also where its settings are broken. */
    @Transactional
    AccountView view(String name) {
        return views(List.of(accounts.known(name))).stream().findFirst().orElseThrow(() -> Accounts.unknown(name));
    }

    /** The accounts as they are shown, without those that are deleted in this very moment. */
    private List<AccountView> views(List<Account> shown) {
        List<String> names = shown.stream().map(account -> account.account).toList();
        Map<String, Workload.Counts> counts = workload.of(names);
        Map<String, Pace> paces = accounts.paces(names);
        return shown.stream()
                .filter(account -> paces.containsKey(account.account))
                .map(account -> AccountView.of(
                        account,
                        accounts.readable(account).map(AccountSettings::toJson).orElse(Map.of("name", account.account)),
                        paces.get(account.account),
                        counts.getOrDefault(account.account, Workload.Counts.NONE)))
                .toList();
    }
}
